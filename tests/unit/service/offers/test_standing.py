"""A board's day is kept where offers are worked out, until something is otherwise that it hangs on."""

from datetime import timedelta
from typing import Any

from service.offers.standing import StandingDay
from service.studio import Shelf
from tests.unit.service.boards.day import at
from tests.unit.service.offers.desk import Desk, job, window


def kept(desk: Desk) -> StandingDay:
    """Return the day that is kept of the board."""
    day: StandingDay | None = desk.studio.shelf.find(f"day of {desk.day.board.rsplit('/', 1)[-1]}")
    assert day is not None
    return day


def later(desk: Desk, seconds: int) -> None:
    desk.day.clock[0] += timedelta(seconds=seconds)


def offers_as_new(desk: Desk, job_id: str) -> Any:
    """Ask beside the kept day and beside one that is made anew, which must say the same; return what is said."""
    _, said = desk.offered(job(job_id))
    kept_shelf, desk.studio.shelf = desk.studio.shelf, Shelf()
    _, anew = desk.offered(job(job_id))
    desk.studio.shelf = kept_shelf
    assert (said["offers"], said["looked_at"], said["at"]) == (
        anew["offers"],
        anew["looked_at"],
        anew["at"],
    )
    return said


def test_within_a_minute_the_day_is_the_same(desk: Desk) -> None:
    later(desk, 10)
    _, first = desk.offered(job("N1"))
    day = kept(desk)
    later(desk, 49)
    _, again = desk.offered(job("N1"))
    assert kept(desk) is day
    assert first["at"] == again["at"] == at("08:30")
    later(desk, 1)
    _, next_minute = desk.offered(job("N1"))
    assert kept(desk) is not day
    assert next_minute["at"] == at("08:31")


def test_what_happens_makes_it_another_day(desk: Desk) -> None:
    desk.offered(job("N1"))
    day = kept(desk)
    desk.day.happens(kind="new_job", job=job("N9"))
    desk.offered(job("N1"))
    assert kept(desk) is not day


def test_a_publication_makes_it_another_day(desk: Desk) -> None:
    address, found = desk.offered(job("N1"))
    day = kept(desk)
    desk.taken(address, "confirm", window=found["offers"][0]["window"])
    said = offers_as_new(desk, "N2")
    assert kept(desk) is not day
    assert said["plan_id"] == desk.board()["published"]["plan_id"]


def test_what_is_held_and_let_go_counts_beside_the_same_day(desk: Desk) -> None:
    late = window("17:00", "17:20")  # each of two technicians has room for one survey in it
    addresses = [desk.offered(job(job_id), slots=[late])[0] for job_id in ("N1", "N2")]
    day, before = kept(desk), offers_as_new(desk, "N3")
    desk.taken(addresses[0], "hold", window=late)
    one = offers_as_new(desk, "N3")
    desk.taken(addresses[1], "hold", window=late)
    both = offers_as_new(desk, "N3")
    desk.taken(addresses[0], "release")
    other = offers_as_new(desk, "N3")
    desk.taken(addresses[1], "release")
    assert offers_as_new(desk, "N3")["offers"] == before["offers"]
    assert kept(desk) is day
    assert before["offers"] != one["offers"] != both["offers"] != other["offers"]


def test_who_has_no_room_is_told_so_again(desk: Desk) -> None:
    late = window("17:00", "17:20")
    addresses = [desk.offered(job(job_id), slots=[late])[0] for job_id in ("N1", "N2", "N3")]
    for address in addresses[:2]:
        desk.taken(address, "hold", window=late)
    for _ in range(2):
        assert desk.does(addresses[2], "hold", window=late).json()["type"] == "/problems/offer-gone"
    desk.taken(addresses[0], "release")
    desk.taken(addresses[2], "hold", window=late)
