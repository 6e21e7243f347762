from collections import Counter

import pytest

from optimizer.domain.requirements import great_circle_m
from optimizer.errors import InvalidInput
from optimizer.generate import generate_scenario
from optimizer.generate.cities import CITIES, find_cities


def test_the_table_has_each_city_once_inside_china() -> None:
    assert len(CITIES) >= 40
    assert len({city.name for city in CITIES}) == len({city.chinese for city in CITIES}) == len(CITIES)
    assert all(18 < city.lat < 54 and 73 < city.lon < 135 and city.weight > 0 for city in CITIES)


def test_cities_are_found_by_either_name() -> None:
    assert [city.province for city in find_cities(["changsha", "湘潭", " Xi'an "])] == [
        "Hunan",
        "Hunan",
        "Shaanxi",
    ]


def test_every_wrong_name_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        find_cities(["Changsa", "Wuhan", "Atlantis", "wuhan"])
    issues = caught.value.issues
    assert [(issue.code, issue.path) for issue in issues] == [
        ("unknown-city", "cities[0]"),
        ("unknown-city", "cities[2]"),
        ("named-twice", "cities[3]"),
    ]
    assert "Did you mean Changsha?" in issues[0].action


def test_near_cities_share_a_branch() -> None:
    # Xiangtan is 42 km from Changsha as the crow flies, and six technicians are half a dozen: one branch.
    scenario = generate_scenario(technicians=6, jobs=60, seed=3, cities=["Xiangtan", "Changsha"])
    assert [branch.name for branch in scenario.branches] == ["长沙 · Changsha branch"]
    areas = Counter(job.area for job in scenario.jobs)
    assert areas["Changsha"] > areas["Xiangtan"] > 0


def test_far_cities_have_branches_and_people_of_their_own() -> None:
    scenario = generate_scenario(technicians=20, jobs=200, seed=3, cities=["Beijing", "Guangzhou"])
    places = {branch.branch_id: branch.place for branch in scenario.branches}
    assert len(places) == 2
    for technician in scenario.technicians:
        assert technician.home is not None
        assert great_circle_m(technician.home, places[technician.branch_id]) < 200_000
    assert {job.area for job in scenario.jobs} == {"Beijing", "Guangzhou"}


def test_nothing_in_it_is_refused() -> None:
    from optimizer.domain.validation import validate_scenario

    scenario = generate_scenario(
        technicians=15, jobs=80, seed=5, cities=["Chengdu", "Kunming"], season="summer"
    )
    assert validate_scenario(scenario) == ()


def test_every_branch_has_its_share_of_each_trade() -> None:
    # 18 technicians are two packs of 4 installers, 4 repairers and 1 who does both. Wuhan has 10.5 million people,
    # Changsha with Xiangtan 7.0. Divided by 1, 3, 5, ... the eight largest are 10.5 W, 7 C, 3.5 W, 2.33 C, 2.1 W,
    # 1.5 W, 1.4 C and 1.17 W: five of eight for Wuhan.
    staff = generate_scenario(
        technicians=18, jobs=0, seed=3, cities=["Wuhan", "Changsha", "Xiangtan"]
    ).technicians
    assert Counter((one.branch_id, "+".join(one.kits)) for one in staff) == {
        ("B1", "installer"): 5,
        ("B2", "installer"): 3,
        ("B1", "repairer"): 5,
        ("B2", "repairer"): 3,
        ("B1", "installer+repairer"): 1,
        ("B2", "installer+repairer"): 1,
    }
