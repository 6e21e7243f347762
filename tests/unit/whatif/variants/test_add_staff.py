"""More people: their names, what they bring, and what they do not take over."""

from datetime import date, time
from typing import Any

from optimizer.domain.place import Place
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Certificate, Onboarding, Shift, Territory
from optimizer.domain.time import DateRange, DaySpan
from optimizer.domain.travel import Matrix, Travel
from optimizer.interchange.scenario_text import scenario_json
from tests.unit.rules.build import DAY, branch, job, north, scenario, technician
from tests.unit.whatif.variants.say import after, refused


def base(**facts: Any) -> Scenario:
    known: dict[str, Any] = {
        "technician_id": "T1",
        "wage_cents_per_hour": 3100,
        "level": 4,
        "parts": {"fan motor": 1},
    } | facts
    return scenario([technician(**known)], branches=[branch(), branch(branch_id="B2", place=north(20))])


def ids(made: Scenario) -> list[str]:
    return [one.technician_id for one in made.technicians]


def test_who_comes_has_the_same_name_whether_one_comes_or_many() -> None:
    assert ids(after(base(), "add_staff", like="T1")) == ["T1", "T1+1"]
    assert ids(after(base(), "add_staff", like="T1", count=3)) == ["T1", "T1+1", "T1+2", "T1+3"]


def test_names_never_clash() -> None:
    twice = after(after(base(), "add_staff", like="T1"), "add_staff", like="T1")
    assert ids(twice) == ["T1", "T1+1", "T1+2"]
    assert ids(after(base(technician_id="B1+1"), "add_staff", branch_id="B1", skills={"repair": 2})) == [
        "B1+1",
        "B1+2",
    ]


def test_who_is_like_somebody_has_all_that_makes_the_work() -> None:
    new = after(base(), "add_staff", like="T1").technicians[1]
    old = base().technicians[0]
    assert new == old.model_copy(update={"technician_id": "T1+1"})


def test_what_happened_to_somebody_is_not_taken_over() -> None:
    away = DateRange(first_day=DAY, last_day=DAY)
    shift = Shift(
        day=DAY,
        start=time(8),
        end=time(17),
        absences=(DaySpan(start=time(14), end=time(15)),),
        start_at=north(3),
    )
    made = after(
        base(
            name="王强",
            leave=(away,),
            suspended=(away,),
            attendance=(Attendance(day=DAY),),
            missing_tools=("multimeter",),
            last_inspection=date(2026, 1, 1),
            onboarding=Onboarding(examined=False, trained_products=("aircon",)),
            shifts=(shift,),
        ),
        "add_staff",
        like="T1",
    )
    new = made.technicians[1]
    assert (new.name, new.leave, new.suspended, new.attendance) == ("", (), (), ())
    assert (new.missing_tools, new.last_inspection) == ((), None)
    assert new.onboarding == Onboarding(trained_products=("aircon",))
    assert new.shifts == (Shift(day=DAY, start=time(8), end=time(17)),)


def test_at_the_same_branch_the_day_starts_from_the_same_home() -> None:
    made = after(base(home=north(9), starts_from="home", ends_at="home"), "add_staff", like="T1")
    assert place_book(made)["home:T1+1"] == north(9)


def test_at_another_branch_there_is_no_home_and_no_area() -> None:
    territory = Territory(areas=("north",), branches=("B1",), radius_km=30)
    made = after(
        base(home=north(9), starts_from="home", territory=territory), "add_staff", like="T1", branch_id="B2"
    )
    new = made.technicians[1]
    assert (new.branch_id, new.home, new.starts_from) == ("B2", None, "branch")
    assert new.territory == Territory(branches=("B2",), radius_km=30)


def test_given_travel_times_know_the_home_of_who_comes() -> None:
    known = base(home=north(9), starts_from="home")
    names = tuple(place_book(known))
    grid = tuple(tuple(abs(a - b) for b in range(len(names))) for a in range(len(names)))
    travel = known.travel.model_copy(
        update={"matrices": {"car": Matrix(places=names, seconds=grid, metres=grid)}}
    )
    known = known.model_copy(update={"travel": travel})
    made = after(known, "add_staff", like="T1", count=2)
    assert made.travel.matrices["car"].places == (*names, "home:T1+1", "home:T1+2")
    gone = after(made, "remove_staff", who={"technician_ids": ["T1+1", "T1+2"]})
    assert scenario_json(gone) == scenario_json(known)


def test_what_is_said_takes_the_place_of_what_somebody_has() -> None:
    made = after(
        base().model_copy(update={"travel": Travel()}),
        "add_staff",
        like="T1",
        skills={"repair": 1},
        level=1,
        certificates=["welding"],
        kits=["installer"],
        means="motorcycle",
        hours={"start": "07:00", "end": "12:00"},
        wage_cents_per_hour=2000,
    )
    new = made.technicians[1]
    assert (new.skills, new.level, new.kits, new.means) == ({"repair": 1}, 1, ("installer",), "motorcycle")
    assert new.certificates == (Certificate(name="welding"),)
    assert (new.wage_cents_per_hour, new.parts) == (2000, {"fan motor": 1})
    assert new.shifts == (Shift(day=DAY, start=time(7), end=time(12)),)


def test_who_is_described_works_the_usual_shift_with_every_kit() -> None:
    new = after(base(), "add_staff", branch_id="B2", skills={"repair": 5}).technicians[1]
    assert (new.technician_id, new.branch_id, new.shifts) == ("B2+1", "B2", None)
    assert new.kits == ("installer", "repairer")


def test_what_leads_nowhere_is_named_all_at_once() -> None:
    assert refused(
        base(),
        "add_staff",
        like="T2",
        branch_id="B3",
        skills={"repare": 1},
        certificates=["weldng"],
        kits=["repairers"],
    ) == [
        ("unknown-technician", "like"),
        ("unknown-branch", "branch_id"),
        ("unknown-skill", "skills.repare"),
        ("unknown-certificate", "certificates[0]"),
        ("unknown-kit", "kits[0]"),
    ]


def test_nobody_is_like_somebody_who_is_lent() -> None:
    assert refused(base(lent_for=("J1",)), "add_staff", like="T1") == [("lent", "like")]


def test_an_id_that_leaves_no_room_for_a_number() -> None:
    assert refused(base(technician_id="T" * 77), "add_staff", like="T" * 77) == [("id-too-long", "like")]


def test_a_scenario_holds_so_many_people() -> None:
    crowd = [technician(technician_id=f"T{number}") for number in range(1999)]
    full = scenario(crowd, [job(place=Place(lat=28.2, lon=112.98))])
    assert refused(full, "add_staff", like="T1", count=2) == [("too-many-technicians", "count")]
