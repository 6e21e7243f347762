import hashlib
import io
import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.domain.route_shape import ShapePoint
from optimizer.domain.technician import Means
from optimizer.travel import Roads, travel_table
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.cache import CachedRoads
from optimizer.travel.roads.osrm_http import OsrmServer
from optimizer.travel.roads.source import Drive, Line, RoadsUnavailable
from tests.unit.rules.build import job, north, scenario
from tests.unit.travel.roads.fake_osrm import fake_osrm
from tests.unit.travel.roads.stub_roads import StubRoads

POINTS = Coordinates(np.array([28.0, 28.1]), np.array([113.0, 113.2]))
DRIVE = Drive(ShapePoint(lat=28.0, lon=113.0), ShapePoint(lat=28.1, lon=113.2))


def cached(source: StubRoads, folder: Path, **changes: Any) -> CachedRoads:
    return replace(CachedRoads(source, folder, most_bytes=1_000_000), **changes)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_second_run_asks_the_server_nothing(tmp_path: Path) -> None:
    day = scenario(jobs=(job(), job(job_id="J2", place=north(12))))
    with fake_osrm() as fake:
        roads = Roads(CachedRoads(OsrmServer(fake.url, {"car": "driving"}), tmp_path / "roads", 1_000_000))
        first = travel_table(day, roads)
        assert (first.source, len(fake.asked)) == ("roads", 1)
        second = travel_table(day, roads)
        assert len(fake.asked) == 1
    assert second.legs["car"].base_s.tolist() == first.legs["car"].base_s.tolist()
    assert second.legs["car"].metres.tolist() == first.legs["car"].metres.tolist()


def test_lines_are_kept_too(tmp_path: Path) -> None:
    source = StubRoads()
    roads = cached(source, tmp_path)
    assert roads.lines("car", [DRIVE]) == roads.lines("car", [DRIVE]) == ((DRIVE.here, DRIVE.there),)
    assert source.asked == 1


def test_a_line_that_did_not_come_is_asked_for_again(tmp_path: Path) -> None:
    source = StubRoads(fails="away")
    assert cached(source, tmp_path).lines("car", [DRIVE]) == (None,)
    assert kept(tmp_path) == []


@pytest.mark.parametrize(("identity", "version"), [("other", ""), ("stub", "2026-08")])
def test_another_server_or_another_map_is_asked_anew(tmp_path: Path, identity: str, version: str) -> None:
    first, second = StubRoads(), StubRoads(identity=identity)
    cached(first, tmp_path).table("car", POINTS)
    cached(second, tmp_path, version=version).table("car", POINTS)
    assert second.asked == 1


def test_other_places_are_another_question(tmp_path: Path) -> None:
    source = StubRoads()
    roads = cached(source, tmp_path)
    roads.table("car", POINTS)
    roads.table("car", Coordinates(POINTS.lat + 1e-6, POINTS.lon))
    assert source.asked == 2


def sealed(path: Path, numbers: list[float]) -> bytes:
    """Return a file as a program would write it that lies about its numbers."""
    content = np.array(numbers, np.float32).tobytes()
    return b"paigong-roads-1\n" + hashlib.sha256(path.name.encode() + content).digest() + content


class Trap:
    """Would make a folder if anybody unpickled it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("trapped",)


def zipped() -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, seconds=np.zeros((2, 2)))
    return stream.getvalue()


# Two places: four numbers of seconds, four of metres, two of metres to the road.
HOSTILE: dict[str, Callable[[Path, bytes], bytes]] = {
    "empty": lambda path, good: b"",
    "only the mark": lambda path, good: good[:16],
    "cut short": lambda path, good: good[:-1],
    "longer": lambda path, good: good + b"x",
    "a number changed": lambda path, good: good[:-1] + bytes([good[-1] ^ 1]),
    "the seal changed": lambda path, good: good[:20] + bytes([good[20] ^ 1]) + good[21:],
    "another mark": lambda path, good: b"P" + good[1:],
    "of another question": lambda path, good: sealed(Path("other.roads"), [0.0] * 10),
    "another shape": lambda path, good: sealed(path, [0.0] * 21),
    "negative": lambda path, good: sealed(path, [-1.0] * 10),
    "endless": lambda path, good: sealed(path, [0.0] * 4 + [np.inf] * 4 + [0.0] * 2),
    "a week and more": lambda path, good: sealed(path, [604_801.0] * 4 + [0.0] * 6),
    "nowhere near": lambda path, good: sealed(path, [0.0] * 8 + [np.nan] * 2),
    "pickle": lambda path, good: pickle.dumps(Trap()),
    "archive": lambda path, good: zipped(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_as_written_is_passed_over_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "roads"
    source = StubRoads()
    roads = cached(source, folder)
    honest = roads.table("car", POINTS)
    (path,) = kept(folder)
    good = path.read_bytes()
    path.write_bytes(HOSTILE[name](path, good))
    assert roads.table("car", POINTS).seconds.tolist() == honest.seconds.tolist()
    assert source.asked == 2
    assert path.read_bytes() == good
    assert not (tmp_path / "trapped").exists()


def test_no_road_is_kept_as_no_road(tmp_path: Path) -> None:
    source = StubRoads(no_road=[(0, 1)])
    roads = cached(source, tmp_path)
    roads.table("car", POINTS)
    assert np.isnan(roads.table("car", POINTS).seconds[0, 1])
    assert source.asked == 1


def test_the_answers_not_used_for_longest_go_first(tmp_path: Path) -> None:
    source = StubRoads()
    roads = cached(source, tmp_path)
    roads.table("car", POINTS)
    (first,) = kept(tmp_path)
    size = first.stat().st_size
    roads.table("car", Coordinates(POINTS.lat + 1, POINTS.lon))
    (second,) = set(kept(tmp_path)) - {first}
    os.utime(first, ns=(1, 1))
    os.utime(second, ns=(2, 2))
    roads.table("car", POINTS)  # uses the first again: now the second is the older one
    small = replace(roads, most_bytes=2 * size + 1)
    small.table("car", Coordinates(POINTS.lat + 2, POINTS.lon))
    assert first in kept(tmp_path)
    assert second not in kept(tmp_path)
    assert len(kept(tmp_path)) == 2


def test_half_written_files_of_killed_runs_go_too(tmp_path: Path) -> None:
    roads = cached(StubRoads(), tmp_path)
    (tmp_path / ".0123.part").write_bytes(b"x" * 2000)
    os.utime(tmp_path / ".0123.part", ns=(1, 1))
    replace(roads, most_bytes=2000).table("car", POINTS)
    assert [path.suffix for path in kept(tmp_path)] == [".roads"]


def test_an_answer_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    cached(StubRoads(), tmp_path, most_bytes=87).table("car", POINTS)
    assert kept(tmp_path) == []


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    source = StubRoads()
    roads = cached(source, tmp_path / "file" / "roads")
    roads.table("car", POINTS)
    roads.table("car", POINTS)
    assert source.asked == 2


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(RoadsUnavailable, match="away"):
        cached(StubRoads(fails="away"), tmp_path).table("car", POINTS)
    assert kept(tmp_path) == []


def test_no_road_for_a_line_is_kept_as_no_road(tmp_path: Path) -> None:
    class Roadless(StubRoads):
        def lines(self, means: Means, drives: Sequence[Drive]) -> tuple[Line | None, ...]:
            self.asked += 1
            return ((),)

    source = Roadless()
    roads = cached(source, tmp_path)
    assert roads.lines("car", [DRIVE]) == roads.lines("car", [DRIVE]) == ((),)
    assert source.asked == 1


def test_lines_that_were_changed_are_asked_for_again(tmp_path: Path) -> None:
    source = StubRoads()
    roads = cached(source, tmp_path)
    roads.lines("car", [DRIVE])
    (path,) = kept(tmp_path)
    good = path.read_bytes()
    for bad in (good[:-8], good[:-1] + b"x", b""):  # half a point, another point, nothing
        path.write_bytes(bad)
        assert roads.lines("car", [DRIVE]) == ((DRIVE.here, DRIVE.there),)
        assert path.read_bytes() == good
    assert source.asked == 4


def test_nobody_else_may_read_where_customers_live(tmp_path: Path) -> None:
    folder = tmp_path / "roads"
    cached(StubRoads(), folder).table("car", POINTS)
    (path,) = kept(folder)
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_many_writers_at_once_leave_whole_files_only(tmp_path: Path) -> None:
    # Three questions of 88 bytes a file and room for two: the writers also remove each other's files.
    def ask_often(_: int) -> None:
        for turn in range(60):
            further = Coordinates(POINTS.lat + turn % 3, POINTS.lon)
            table = cached(StubRoads(), tmp_path, most_bytes=200).table("car", further)
            assert table.seconds.tolist() == [[0, 100], [101, 0]]

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(ask_often, range(6)))
    left = kept(tmp_path)
    assert left != []
    assert {path.suffix for path in left} == {".roads"}
    again = StubRoads()
    for turn in range(3):
        cached(again, tmp_path).table("car", Coordinates(POINTS.lat + turn, POINTS.lon))
    assert again.asked == 3 - len(left)  # what is left is used
