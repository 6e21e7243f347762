"""Who could take the places of a crew: a standing crew stays among itself."""

from optimizer.domain.ties import Crew, Seat
from tests.unit.explain.left import PLAIN, why
from tests.unit.rules.build import job, scenario, technician

RIGGER = {"repair": 3, "rigging": 1}


def places(
    members: tuple[tuple[str, ...], ...], riggers: tuple[str, ...], seats: int
) -> list[tuple[str, ...]]:
    """Return who could take each place of a job whose last place asks for a rigger; all are busy elsewhere."""
    names = ("T1", "T2", "T3", "T4", "T5")
    people = [
        technician(technician_id=one, skills=RIGGER if one in riggers else {"repair": 3}) for one in names
    ]
    mates = (*[Seat()] * (seats - 2), Seat(skills={"rigging": 1}))
    crews = [Crew(crew_id=f"C{number}", members=some) for number, some in enumerate(members)]
    # Nobody is in time for it: it needs ten hours and the drives.
    asked = job(seats=seats, mates=mates, duration_min=660)
    return [one.technician_ids for one in why(scenario(people, [asked], crews=crews, rules=PLAIN)).seats]


def test_who_is_in_no_crew_leads_with_others_of_none() -> None:
    # T3 has nobody else without a crew to do the rigging but T4, and T4 cannot do both.
    assert places((("T1", "T2"),), ("T4",), 2) == [("T3", "T5"), ("T4",)]


def test_a_standing_crew_without_what_is_asked_for_cannot_take_the_job() -> None:
    assert places((("T1", "T2"), ("T3", "T4", "T5")), ("T5",), 2) == [("T3", "T4"), ("T5",)]


def test_a_standing_crew_that_is_too_small_cannot_take_the_job() -> None:
    # Two riggers in the crew of two; the job takes three.
    assert places((("T1", "T2"),), ("T1", "T2", "T5"), 3) == [("T3", "T4"), ("T3", "T4"), ("T5",)]


def test_two_places_cannot_be_the_same_persons() -> None:
    # T3 and T4 could both lead; only T5 does the rigging. T5 in another place leaves the rigging to nobody.
    assert places((("T3", "T4", "T5"),), ("T5",), 3) == [("T3", "T4"), ("T3", "T4"), ("T5",)]


def test_where_nobody_has_a_whole_crew_all_are_named_who_may_take_a_place() -> None:
    assert places((("T1", "T2"), ("T3", "T4")), ("T5",), 2) == [("T1", "T2", "T3"), ("T5",)]
