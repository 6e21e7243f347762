import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from optimizer.domain.route_shape import ShapePoint
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads import osrm_http
from optimizer.travel.roads.osrm_http import OsrmServer
from optimizer.travel.roads.source import Drive, RoadsUnavailable
from tests.unit.travel.roads.fake_osrm import FakeOsrm, Reply, fake_osrm

JSON = (("Content-Type", "application/json"),)


@pytest.fixture
def fake() -> Iterator[FakeOsrm]:
    with fake_osrm() as server:
        yield server


def server(fake: FakeOsrm, **changes: Any) -> OsrmServer:
    asked = OsrmServer(fake.url, {"car": "driving"}, connect_s=5, read_s=20, backoff_s=0.0)
    return replace(asked, **changes)


def points(count: int) -> Coordinates:
    """Return points on a slope, 0.01 degrees apart in each direction."""
    step = np.arange(count, dtype=np.float64) / 100
    return Coordinates(28 + step, 113 + step)


def test_times_and_lengths_come_by_row_and_column(fake: FakeOsrm) -> None:
    # From point 0 to point 1: 0.01 degrees east and north are 2 km, 100 s, and 30 s more to the north; back 100 s.
    table = server(fake).table("car", points(2))
    assert table.seconds.tolist() == [[0, 130], [100, 0]]
    assert table.metres.tolist() == [[0, 2000], [2000, 0]]
    path = fake.asked[0]
    assert path.startswith("/table/v1/driving/113.000000,28.000000;113.010000,28.010000?")
    assert "annotations=duration,distance" in path


def test_a_large_table_is_asked_for_in_pieces(fake: FakeOsrm) -> None:
    whole = server(fake).table("car", points(5))
    assert len(fake.asked) == 1
    pieces = server(fake, side=2).table("car", points(5))
    assert len(fake.asked) == 1 + 9  # 2 + 2 + 1 rows by as many columns
    assert pieces.seconds.tolist() == whole.seconds.tolist()
    assert pieces.metres.tolist() == whole.metres.tolist()


def test_no_request_has_a_single_point(fake: FakeOsrm) -> None:
    server(fake, side=2).table("car", points(3))  # OSRM refuses a table of one point
    assert all(path.split("?")[0].count(";") >= 1 for path in fake.asked)


def test_a_busy_server_is_asked_again(fake: FakeOsrm) -> None:
    def busy_twice(_: str, content: dict[str, Any]) -> Reply | None:
        tired = len(fake.asked) <= 2
        return Reply(b"", status=503) if tired else Reply(json.dumps(content).encode())

    fake.answer = busy_twice
    assert server(fake, tries=3).table("car", points(2)).seconds[1, 0] == 100
    assert len(fake.asked) == 3


def test_a_server_that_stays_busy_is_given_up(fake: FakeOsrm) -> None:
    fake.answer = lambda *_: Reply(b"", status=429)
    with pytest.raises(RoadsUnavailable, match="status 429"):
        server(fake, tries=2).table("car", points(2))
    assert len(fake.asked) == 2


@pytest.mark.parametrize(
    ("retry_after", "waited_s"),
    [("2", 2), ("3600", 30), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.1), ("-1", 0.1), ("1e9", 0.1)],
)
def test_a_busy_server_may_say_when_to_come_back(
    fake: FakeOsrm, monkeypatch: pytest.MonkeyPatch, retry_after: str, waited_s: float
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=waits.append))
    fake.answer = lambda *_: Reply(b"", status=503, headers=(("Retry-After", retry_after),))
    with pytest.raises(RoadsUnavailable, match="status 503"):
        server(fake, tries=2, backoff_s=0.1).table("car", points(2))
    assert waits == [waited_s]  # once between two tries; what cannot be read leaves our own pause


def test_an_answer_may_come_packed(fake: FakeOsrm) -> None:
    packed = (*JSON, ("Content-Encoding", "gzip"))
    fake.answer = lambda _, content: Reply(gzip.compress(json.dumps(content).encode()), headers=packed)
    assert server(fake).table("car", points(2)).seconds.tolist() == [[0, 130], [100, 0]]


def test_an_answer_that_takes_too_long_is_given_up(fake: FakeOsrm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osrm_http, "_WHOLE_ANSWER", 0)  # times the read time-out: nothing is quick enough
    with pytest.raises(RoadsUnavailable, match="its answer takes too long"):
        server(fake, tries=3).table("car", points(2))
    assert len(fake.asked) == 1


def test_the_server_is_asked_directly(fake: FakeOsrm, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert server(fake).table("car", points(2)).seconds[1, 0] == 100


def test_a_broken_connection_is_tried_again(fake: FakeOsrm) -> None:
    fake.answer = lambda *_: None
    with pytest.raises(RoadsUnavailable, match="connection broke"):
        server(fake, tries=2).table("car", points(2))
    assert len(fake.asked) == 2


def test_nobody_at_the_address(fake: FakeOsrm) -> None:
    with pytest.raises(RoadsUnavailable, match="no connection"):
        OsrmServer("http://127.0.0.1:9", {"car": "driving"}, backoff_s=0.0).table("car", points(2))


@pytest.mark.parametrize("host", ["a..b\x7f", f"{'a' * 70}.example", "a..b", "xn--"])
def test_an_address_that_is_none(host: str) -> None:
    with pytest.raises(RoadsUnavailable, match="cannot be used"):
        OsrmServer(f"http://{host}", {"car": "driving"}, backoff_s=0.0).table("car", points(2))


def test_a_server_that_says_nothing_is_given_up(fake: FakeOsrm) -> None:
    never = threading.Event()
    fake.answer = lambda *_: Reply(b"") if never.wait(5) else None
    with pytest.raises(RoadsUnavailable, match="did not answer in time"):
        server(fake, tries=3, read_s=0.05).table("car", points(2))
    never.set()
    assert len(fake.asked) == 1  # silence is not waited for a second time


def test_after_a_failure_the_pieces_that_wait_are_not_asked_for(fake: FakeOsrm) -> None:
    def dies_at_the_third(_: str, content: dict[str, Any]) -> Reply | None:
        return Reply(json.dumps(content).encode()) if len(fake.asked) < 3 else Reply(b"", status=400)

    fake.answer = dies_at_the_third
    with pytest.raises(RoadsUnavailable, match="status 400"):
        server(fake, side=2, parallel=1).table("car", points(20))  # 100 pieces
    assert len(fake.asked) <= 4  # the third fails; one more may be under way when that is noticed


def test_a_failure_is_not_held_up_by_a_piece_that_hangs(fake: FakeOsrm) -> None:
    hanging, over = threading.Event(), threading.Event()
    waited: list[bool] = []

    def one_hangs_one_fails(_: str, content: dict[str, Any]) -> Reply | None:
        if not hanging.is_set():
            hanging.set()
            waited.append(over.wait(30))
            return None
        return Reply(b"", status=400)

    fake.answer = one_hangs_one_fails
    try:
        with pytest.raises(RoadsUnavailable, match="status 400"):
            server(fake, side=2, parallel=2).table("car", points(4))
        assert waited == []  # the first request still hangs
    finally:
        over.set()


def changed(**fields: Any) -> Any:
    return lambda _, content: Reply(json.dumps(content | fields).encode())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"durations": [[0, 1]]}, "durations are not 2 rows of 2"),
        ({"distances": [[0, 1], [1]]}, "distances are not 2 rows of 2"),
        ({"durations": [[0, -1.1], [1, 0]]}, r"wrong at durations\.0\.1"),
        ({"distances": [[0, -10.1], [1, 0]]}, r"wrong at distances\.0\.1"),
        ({"durations": [[0, 604_801], [1, 0]]}, r"wrong at durations\.0\.1"),
        ({"durations": [[0, float("nan")], [1, 0]]}, "wrong at durations|no JSON"),
        ({"durations": [[0, float("inf")], [1, 0]]}, "wrong at durations|no JSON"),
        ({"durations": [[0, "12"], [1, 0]]}, r"wrong at durations\.0\.1"),
        ({"durations": [[0, True], [1, 0]]}, r"wrong at durations\.0\.1"),
        ({"distances": None}, "wrong at distances"),
        ({"sources": [{"distance": 1}]}, "sources are not 2"),
        ({"destinations": [{"distance": -1}, {}]}, r"wrong at destinations\.0\.distance"),
    ],
)
def test_numbers_that_cannot_be_are_not_used(fake: FakeOsrm, fields: dict[str, Any], said: str) -> None:
    fake.answer = changed(**fields)
    with pytest.raises(RoadsUnavailable, match=said):
        server(fake).table("car", points(2))


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"[]", headers=JSON), "wrong at its top"),
        (Reply(b"{", headers=JSON), "no JSON"),
        (Reply(b"<html>", headers=(("Content-Type", "text/html"),)), "no JSON"),
        (Reply(b"", status=302, headers=(("Location", "http://127.0.0.1:9/"),)), "status 302"),
        (Reply(b'{"code": "TooBig"}', status=400, headers=JSON), "PAIGONG_ROADS_CHUNK"),
        (Reply(b'{"code": "<b>"}', status=400, headers=JSON), "status 400$"),
        (Reply(b"no gzip", headers=(*JSON, ("Content-Encoding", "gzip"))), "cannot be unpacked"),
        (Reply(b" " * 100_000, headers=JSON), "too long"),
        (Reply(gzip.compress(b" " * 10_000_000), headers=(*JSON, ("Content-Encoding", "gzip"))), "too long"),
    ],
    ids=["list", "cut", "html", "redirect", "too big", "hostile code", "bad gzip", "long", "gzip bomb"],
)
def test_answers_that_are_no_tables_are_not_used(fake: FakeOsrm, reply: Reply, said: str) -> None:
    fake.answer = lambda *_: reply
    with pytest.raises(RoadsUnavailable, match=said):
        server(fake).table("car", points(2))
    assert len(fake.asked) == 1  # such an answer would come again


def test_a_rounding_error_below_nothing_is_nothing(fake: FakeOsrm) -> None:
    fake.answer = changed(distances=[[0, -0.3], [1, 0]], durations=[[-0.1, 5], [1, 0]])  # OSRM does answer so
    table = server(fake).table("car", points(2))
    assert (table.metres[0].tolist(), table.seconds[0].tolist()) == ([0, 0], [0, 5])


def test_a_pair_without_a_road_is_no_number(fake: FakeOsrm) -> None:
    fake.answer = changed(durations=[[0, None], [1, 0]], distances=[[0, None], [1, 0]])
    assert np.isnan(server(fake).table("car", points(2)).seconds).tolist() == [[False, True], [False, False]]


def test_the_way_to_the_road_is_known_for_each_place(fake: FakeOsrm) -> None:
    fake.answer = changed(sources=[{"distance": 7}, {"distance": 0}], destinations=[{}, {"distance": 9}])
    assert server(fake).table("car", points(2)).off_road_m.tolist() == [7, 9]


def test_a_line_turns_where_the_road_turns(fake: FakeOsrm) -> None:
    drive = Drive(ShapePoint(lat=28.0, lon=113.0), ShapePoint(lat=28.1, lon=113.2))
    corner = (drive.here, ShapePoint(lat=28.0, lon=113.2), drive.there)
    assert server(fake).lines("car", [drive]) == (corner,)


def test_no_route_is_an_empty_line_and_a_failure_none(fake: FakeOsrm) -> None:
    drive = Drive(ShapePoint(lat=28.0, lon=113.0), ShapePoint(lat=28.1, lon=113.2))
    fake.answer = lambda *_: Reply(b'{"code": "NoRoute"}', status=400, headers=JSON)
    assert server(fake).lines("car", [drive]) == ((),)
    fake.answer = lambda *_: Reply(b"{}", headers=JSON)
    assert server(fake, parallel=1).lines("car", [drive, drive]) == (None, None)
    assert len(fake.asked) == 2  # after the first failure the second line was not asked for


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(OsrmServer("http://me:secret@roads:5000/osrm", {}))


def test_names_and_passwords_are_no_part_of_what_is_kept() -> None:
    assert OsrmServer("http://me:secret@roads:5000/osrm", {}).identity == "http://roads:5000/osrm"
