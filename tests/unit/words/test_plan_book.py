"""The book behind a plan's ids: names, and homes that are never told."""

import pytest

from optimizer.domain.place import Place
from optimizer.domain.technician import Shift
from optimizer.words.plan_book import PlanBook
from tests.unit import trip_days
from tests.unit.day_page.one_day import answer, question, shift
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, leg, stop, technician

HOME = Place(lat=28.3, lon=112.9, address="secret lane 1")
DEPOT = Place(lat=28.4, lon=112.9, address="depot")


def book() -> PlanBook:
    """Return a book of somebody who starts at home one day, at a depot the other, and has a colon in the id."""
    shifts = (
        Shift(day=DAY, start_at=HOME.model_copy(update={"address": ""})),
        Shift(day=NEXT_DAY, start_at=DEPOT),
    )
    odd = technician(technician_id="T:2", home=HOME, shifts=shifts)
    people = [*question().technicians, odd]
    asked = question(technicians=people, branches=[branch(name="芙蓉"), branch(branch_id="B2")])
    return PlanBook(asked, answer(asked, shift()), "en")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("branch:B1", "branch"),
        ("home:T:2", "home"),
        # Where T:2 lives, under another name: still nobody's business.
        (f"start:T:2:{DAY}", "home"),
        (f"start:T:2:{NEXT_DAY}", "elsewhere"),
        ("job:J1", "elsewhere"),
        ("start:nobody:2026-07-15", "elsewhere"),
    ],
)
def test_what_kind_of_place_it_is(name: str, kind: str) -> None:
    assert book().place_kind(name) == kind


def test_who_has_no_name_is_called_by_the_id() -> None:
    made = book()
    assert [made.technician_name(one) for one in ("T1", "T:2", "gone")] == ["王强", "T:2", "gone"]
    assert [made.branch_name(one) for one in ("B1", "B2", "gone")] == ["芙蓉", "B2", "gone"]


def test_overtime_is_counted_from_the_rosters_end() -> None:
    assert book().overtime_s(shift()) == 45 * 60  # 13:30 to 14:15
    assert book().overtime_s(shift().model_copy(update={"technician_id": "gone"})) == 0


def test_moments_are_local() -> None:
    assert f"{book().local(shift().departure):%H:%M %z}" == "09:50 +0800"


def test_nobody_loads_for_the_day_where_a_night_away_ends() -> None:
    asked = trip_days.question()
    first, second, third = trip_days.shifts(asked)
    usual = PlanBook(asked, trip_days.document(asked), "en").loading
    assert list(usual) == [first.key]
    # Thursday night is spent at the branch: Friday begins there, and is still no morning at home.
    evening = leg(trip_days.PLACE, "branch:B1", at("09:15", second.day), travel_s=900)
    visit = stop("J2", at("09:15", third.day), at("10:00", third.day), travel_s=900)  # from the branch
    made = trip_days.document(
        asked,
        first,
        second.model_copy(update={"last_leg": evening}),
        third.model_copy(update={"stops": (visit,)}),
    )
    assert list(PlanBook(asked, made, "en").loading) == [first.key]
