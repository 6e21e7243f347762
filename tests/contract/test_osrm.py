"""The road adapters against the real OSRM: a server of our own on a small map, and the map inside this process.

Needs ``OSRM_ROUTED`` (the executable osrm-routed) and ``OSRM_MAP`` (a prepared map without its parts' endings, such as
``monaco.osrm``; osrm-bindings' source archive holds Monaco, © OpenStreetMap contributors, ODbL), and for the map inside
this process the package osrm-bindings. What is not there is skipped.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_scenario
from optimizer.travel import Roads
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.osrm_http import OsrmServer
from optimizer.travel.roads.osrm_local import OsrmMap
from optimizer.travel.roads.route_shapes import route_shapes
from optimizer.travel.roads.source import RoadsUnavailable
from tests.unit.rules.build import branch, job, scenario

MAP = os.environ.get("OSRM_MAP", "")
ROUTED = os.environ.get("OSRM_ROUTED", "")
HOW = "set OSRM_ROUTED to osrm-routed and OSRM_MAP to a prepared map (monaco.osrm) to test against the real OSRM"

pytestmark = pytest.mark.skipif(not (MAP and ROUTED), reason=HOW)

CORNER, OTHER_CORNER = (43.728, 7.411), (43.750, 7.438)  # Monaco


def random_points(count: int, seed: int = 0) -> Coordinates:
    rng = np.random.default_rng(seed)
    lat, lon = (rng.uniform(*ends, count).round(6) for ends in zip(CORNER, OTHER_CORNER, strict=True))
    return Coordinates(lat, lon)


def in_monaco(jobs: int) -> Scenario:
    points = random_points(jobs + 1)
    places = [
        Place(lat=lat, lon=lon) for lat, lon in zip(points.lat.tolist(), points.lon.tolist(), strict=True)
    ]
    return scenario(
        jobs=[job(job_id=f"J{i}", place=place, duration_min=20) for i, place in enumerate(places[1:])],
        branches=[branch(place=places[0])],
    )


@dataclass
class Running:
    """A road server under our hands."""

    process: "subprocess.Popen[bytes]"
    server: OsrmServer


@pytest.fixture
def running() -> Iterator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    algorithm = "ch" if Path(f"{MAP}.hsgr").exists() else "mld"
    with subprocess.Popen(
        [ROUTED, "--algorithm", algorithm, "--ip", "127.0.0.1", "--port", str(port), MAP],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield Running(process, _ready(OsrmServer(f"http://127.0.0.1:{port}", {"car": "driving"})))
        finally:
            process.kill()


def _ready(server: OsrmServer) -> OsrmServer:
    for _ in range(100):
        try:
            server.table("car", random_points(2))
        except RoadsUnavailable:
            time.sleep(0.1)
        else:
            return server
    raise AssertionError("osrm-routed does not answer")


def changed(server: OsrmServer, **fields: Any) -> OsrmServer:
    return OsrmServer(server.url, server.profiles, **fields)


def test_pieces_make_the_same_table_as_a_whole(running: Running) -> None:
    points = random_points(60)
    whole = running.server.table("car", points)
    pieces = changed(running.server, side=7).table("car", points)
    assert np.array_equal(whole.seconds, pieces.seconds, equal_nan=True)
    assert np.array_equal(whole.metres, pieces.metres, equal_nan=True)
    assert np.array_equal(whole.off_road_m, pieces.off_road_m)
    assert not np.array_equal(whole.seconds, whole.seconds.T)  # one-way streets


def test_the_usual_limit_is_kept(running: Running) -> None:
    assert running.server.table("car", random_points(201)).seconds.shape == (201, 201)
    with pytest.raises(RoadsUnavailable, match="PAIGONG_ROADS_CHUNK"):
        changed(running.server, side=150).table("car", random_points(201))


def test_a_plan_on_real_roads_and_its_lines(running: Running) -> None:
    day = in_monaco(12)
    roads = Roads(running.server)
    plan = plan_scenario(day, stop=Iterations(100), roads=roads).plan
    assert plan.travel.source == "roads"
    assert check_plan(day, plan) == ()
    shapes = route_shapes(day, plan, roads)
    assert len(shapes) == len(plan.travel.legs)
    assert max(len(line) for line in shapes.values()) > 5


@dataclass(frozen=True)
class Dying(OsrmServer):
    """Its process is killed when the tenth request comes."""

    victim: "subprocess.Popen[bytes] | None" = None
    asked: list[str] = field(default_factory=list)

    def _get_once(self, client: Any, path: str, most_bytes: int) -> bytes:
        self.asked.append(path)
        if len(self.asked) == 10 and self.victim is not None:
            self.victim.kill()
            self.victim.wait()
        return super()._get_once(client, path, most_bytes)


def test_the_server_is_killed_in_the_middle_and_the_plan_still_comes(running: Running) -> None:
    day = in_monaco(30)
    dying = Dying(
        running.server.url, running.server.profiles, side=4, tries=2, backoff_s=0.0, victim=running.process
    )
    plan = plan_scenario(day, stop=Iterations(100), roads=Roads(dying)).plan
    assert 10 <= len(dying.asked) < 64  # 31 places in pieces of 4 are 64 requests
    assert plan.travel.source == "great circle"
    (warning,) = plan.travel.warnings
    assert "all drives by car are estimated from straight lines" in warning
    assert plan == plan_scenario(day, stop=Iterations(100)).plan.model_copy(update={"travel": plan.travel})


@pytest.mark.skipif(sys.version_info < (3, 12), reason="osrm-bindings needs Python 3.12")
def test_the_map_in_this_process_says_what_the_server_says(running: Running) -> None:
    pytest.importorskip("osrm", reason="install osrm-bindings to read maps in this process")
    points = random_points(40)
    here = OsrmMap(Path(MAP), {"car": "driving"}).table("car", points)
    there = running.server.table("car", points)
    assert np.array_equal(here.seconds, there.seconds)
    assert np.array_equal(here.metres, there.metres)
    assert np.allclose(here.off_road_m, there.off_road_m, atol=0.01)
