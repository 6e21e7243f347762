"""The study of the hot weeks: it loads, and each of its variants is the base with what its name says, nothing else."""

import pytest

from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study, Variant
from optimizer.domain.technician import Technician
from optimizer.interchange.study_file import StudyWithBase, load_study
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.whatif.demand.changed import changed_model
from optimizer.whatif.demand.default_model import default_model
from optimizer.whatif.demand.style import demand_issues
from optimizer.whatif.rhythm import with_shifts_on
from optimizer.whatif.simulate.chain import days_ahead
from optimizer.whatif.variants.apply import demand_changes, variant_scenario
from tests.golden.changsha_aircon.story import FOLDER

INSTALLERS = 10


@pytest.fixture(scope="module")
def found() -> StudyWithBase:
    return load_study(FOLDER / "study.yaml")


@pytest.fixture(scope="module")
def study(found: StudyWithBase) -> Study:
    return found.study


@pytest.fixture(scope="module")
def base(found: StudyWithBase) -> Scenario:
    """Return the base as its samples are made of it: with shifts on all simulated days."""
    return with_shifts_on(found.base, days_ahead(found.study, found.base))


def variant(study: Study, name: str) -> Variant:
    return next(one for one in study.variants if one.name == name)


def under(study: Study, base: Scenario, name: str) -> Scenario:
    return variant_scenario(base, variant(study, name).changes)


def people(of: Scenario) -> dict[str, Technician]:
    return {one.technician_id: one for one in of.technicians}


def but_people(of: Scenario) -> dict[str, object]:
    return of.model_dump(exclude={"technicians"})


def test_it_asks_of_the_base_what_the_story_says(study: Study, base: Scenario, scenario: Scenario) -> None:
    assert [one.name for one in study.variants] == [
        "two more repairers",
        "two more installers",
        "four more repairers",
        "three repairers learn to install",
        "an hour more of overtime",
        "one repairer fewer",
        "a quarter less demand",
    ]
    assert len(base.technicians) == 24  # as the story counts them
    assert sum("installer" in one.kits for one in base.technicians) == INSTALLERS
    assert base.jobs == scenario.jobs
    (weeks,) = demand_changes(study.always)
    assert len(study.always) == 1
    assert weeks.model_dump(exclude_defaults=True) == {"kind": "demand", "factor": 0.7}
    (target,) = study.targets
    assert (target.measure, target.at_least) == ("on_time", 0.9)
    assert study.chains.least == study.chains.most == 10  # so the command takes the time that the README says


def test_it_has_demand_in_all_areas_of_the_base(study: Study, base: Scenario) -> None:
    model = default_model(base)
    assert not demand_issues(model, base)
    assert {one.area for one in model.sources} == {one.area for one in base.jobs}


@pytest.mark.parametrize(
    ("name", "likes", "kit"),
    [
        ("two more repairers", ["luo-min"], "repairer"),
        ("two more installers", ["wu-bin"], "installer"),
        ("four more repairers", ["luo-min", "tang-yong"], "repairer"),
    ],
)
def test_more_people_are_like_those_they_are_called_after(
    study: Study, base: Scenario, name: str, likes: list[str], kit: str
) -> None:
    of = under(study, base, name)
    before, after = people(base), people(of)
    assert {who: after[who] for who in before} == before
    assert list(after)[len(before) :] == [f"{like}+{number}" for like in likes for number in (1, 2)]
    for like in likes:
        for new in (after[f"{like}+1"], after[f"{like}+2"]):
            old = before[like]
            assert new.kits == old.kits == (kit,)
            assert (new.skills, new.branch_id, new.certificates) == (
                old.skills,
                old.branch_id,
                old.certificates,
            )
    assert but_people(of) == but_people(base)


def test_three_repairers_can_install_too(study: Study, base: Scenario) -> None:
    of = under(study, base, "three repairers learn to install")
    before, after = people(base), people(of)
    taught = [who for who in before if before[who] != after[who]]
    assert taught == ["he-jianping", "tang-yong", "dai-wei"]
    for who in taught:
        assert after[who].skills == before[who].skills | {"installation/aircon": 3, "survey/aircon": 3}
        assert after[who].kits == ("repairer", "installer")
        gained = {one.name for one in after[who].certificates} - {
            one.name for one in before[who].certificates
        }
        assert gained == {"welding"}
    assert but_people(of) == but_people(base)


def test_overtime_may_be_an_hour_longer_but_for_those_with_a_limit_of_their_own(
    study: Study, base: Scenario
) -> None:
    of = under(study, base, "an hour more of overtime")
    assert params_of(SHIFT, base.policy).overtime_limit_min == 120
    assert params_of(SHIFT, of.policy).overtime_limit_min == 180
    own = {one.key.technician_id: one.shift.overtime_limit_min for one in roster(of)}
    assert {who: limit for who, limit in own.items() if limit is not None} == {
        "deng-shaohua": 0,
        "dai-wei": 60,
    }
    assert of.technicians == base.technicians


def test_one_repairer_is_gone(study: Study, base: Scenario) -> None:
    of = under(study, base, "one repairer fewer")
    assert [who for who in people(base) if who not in people(of)] == ["fan-jie"]
    assert len(of.technicians) == 23
    assert {one.job_id for one in of.jobs} == {one.job_id for one in base.jobs}


def test_a_quarter_less_is_asked_for_of_the_same_people(study: Study, base: Scenario) -> None:
    asked = variant(study, "a quarter less demand")
    assert variant_scenario(base, asked.changes) == base
    usual = default_model(base)
    less = changed_model(usual, demand_changes(asked.changes))
    day = base.horizon.first_day
    assert less.jobs_a_day(day) == pytest.approx(0.75 * usual.jobs_a_day(day))
    for source in usual.sources:
        for job_type in usual.mix(source.product).types:
            assert less.expected(source, job_type, day) == pytest.approx(
                0.75 * usual.expected(source, job_type, day)
            )
    for one in study.variants:
        if one is not asked:
            assert demand_changes(one.changes) == ()
