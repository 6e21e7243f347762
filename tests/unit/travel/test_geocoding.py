"""Addresses to places: through a local server that speaks a geocoder's language, and through the cache."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import BaiduV3

from optimizer.domain.place import Place
from optimizer.errors import InvalidInput, TravelUnavailable
from optimizer.settings import Settings
from optimizer.travel import geocoding
from optimizer.travel.coordinates import to_wgs84
from optimizer.travel.geocoding import PROVIDERS, geocode, normalised

FURONG = "五一大道 389 号"


class FakeNominatim(ThreadingHTTPServer):
    """Knows one address; notes what it is asked, and can be told to answer badly."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.questions: list[tuple[str, dict[str, list[str]]]] = []
        self.bad: list[tuple[int, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/maps"


class _Handler(BaseHTTPRequestHandler):
    server: FakeNominatim

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query)
        query = (asked.get("q") or asked["address"])[0]
        self.server.questions.append((parts.path, asked))
        self.server.asked.append(query)
        found = [{"lat": "28.1979", "lon": "112.9951", "display_name": "x"}] if query == FURONG else []
        status, body = self.server.bad.pop(0) if self.server.bad else (200, json.dumps(found).encode())
        assert self.headers["User-Agent"].startswith("paigong/")
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    with FakeNominatim() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def settings(server: FakeNominatim, folder: Path | None = None) -> Settings:
    return Settings(geocoder="nominatim", geocoder_url=server.url, cache=folder or "off")


def test_an_address_becomes_a_place_and_is_asked_for_once(server: FakeNominatim) -> None:
    found = geocode([FURONG, "nowhere", FURONG, ""], settings(server), pause_s=0)
    place = Place(lat=28.1979, lon=112.9951, address=FURONG)
    assert found == {FURONG: place, "nowhere": None, "": None}
    assert server.asked == [FURONG, "nowhere"]
    assert server.questions[0][0] == "/maps/search"


def test_the_second_time_nobody_is_asked(server: FakeNominatim, tmp_path: Path) -> None:
    first = geocode([FURONG, "nowhere"], settings(server, tmp_path), pause_s=0)
    again = geocode([f"  {FURONG} ", "Nowhere"], settings(server, tmp_path), pause_s=0)
    assert len(server.asked) == 2
    place = first[FURONG]
    assert place is not None
    assert list(again.values()) == [place.model_copy(update={"address": f"  {FURONG} "}), None]
    kept = [json.loads(line) for line in (tmp_path / "geocodes.jsonl").read_bytes().splitlines()]
    assert [set(line) for line in kept] == [{"key", "lat", "lon"}, {"key"}]  # and no address


def test_what_was_answered_is_kept_when_the_service_goes_away(server: FakeNominatim, tmp_path: Path) -> None:
    server.bad = [
        (200, json.dumps([{"lat": "1", "lon": "2", "display_name": "x"}]).encode()),
        *[(503, b"")] * 3,
    ]
    with pytest.raises(TravelUnavailable, match="nominatim does not answer"):
        geocode(["first", "second"], settings(server, tmp_path), pause_s=0)
    assert server.asked == ["first", "second", "second", "second"]
    assert geocode(["first"], settings(server, tmp_path), pause_s=0)["first"] == Place(
        lat=1, lon=2, address="first"
    )


def test_a_short_fault_is_tried_again(server: FakeNominatim) -> None:
    server.bad = [(500, b"oops")]
    assert geocode([FURONG], settings(server), pause_s=0)[FURONG] is not None
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"<html>sign in</html>",
        b'[{"lat": "NaN", "lon": "0", "display_name": "x"}]',
        b'[{"lat": "95", "lon": "0", "display_name": "x"}]',
        b'[{"lat": "1e999", "lon": "0", "display_name": "x"}]',
        b'{"error": "x"}',
        b"[[[[",
        b"[1]",
        b"[{}]",
        b"x" * 3_000_000,
    ],
)
def test_a_nonsense_answer_is_no_place(server: FakeNominatim, body: bytes) -> None:
    server.bad = [(200, body)] * 3
    with pytest.raises(TravelUnavailable, match="nominatim"):
        geocode([FURONG], settings(server), pause_s=0)


def test_nobody_is_sent_elsewhere(server: FakeNominatim) -> None:
    server.bad = [(302, b"")] * 3
    with pytest.raises(TravelUnavailable):
        geocode([FURONG], settings(server), pause_s=0)


def test_a_broken_cache_costs_time_only(server: FakeNominatim, tmp_path: Path) -> None:
    path = tmp_path / "geocodes.jsonl"
    geocode([FURONG], settings(server, tmp_path), pause_s=0)
    good = path.read_bytes()
    key = json.loads(good)["key"]
    lies = [{"key": key, "lat": 999.0, "lon": 0.0}, {"key": key, "lat": "28", "lon": 0.0}, [key], {"key": 5}]
    path.write_bytes(
        b"\xff\x00{\n[[[\n" + "".join(json.dumps(lie) + "\n" for lie in lies).encode() + good[:-20]
    )
    assert geocode([FURONG], settings(server, tmp_path), pause_s=0)[FURONG] is not None
    assert len(server.asked) == 2
    assert geocode([FURONG], settings(server, tmp_path), pause_s=0)[FURONG] is not None
    assert len(server.asked) == 2  # written after the broken line, and read


def test_a_folder_in_the_place_of_the_cache_costs_time_only(server: FakeNominatim, tmp_path: Path) -> None:
    (tmp_path / "geocodes.jsonl").mkdir()
    assert geocode([FURONG], settings(server, tmp_path), pause_s=0)[FURONG] is not None


def test_the_answer_is_in_the_system_asked_for(server: FakeNominatim) -> None:
    place = geocode([FURONG], settings(server), system="GCJ-02", pause_s=0)[FURONG]
    assert place is not None
    back = to_wgs84([place.lat], [place.lon], "GCJ-02")
    assert (float(back.lat[0]), float(back.lon[0])) == pytest.approx((28.1979, 112.9951), abs=2e-6)
    assert abs(place.lon - 112.9951) > 0.003  # the maps differ by some hundred metres


def test_questions_are_a_second_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that only sleeping moves: what is asked at 0, 1 and 2 s is asked no more often than once a second."""
    now = [100.0]
    times: list[float] = []

    class Fake:
        def geocode(self, _: str) -> None:
            times.append(now[0] - 100)

    def sleep(_: object, seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(RateLimiter, "_clock", lambda _: now[0])
    monkeypatch.setattr(RateLimiter, "_sleep", sleep)
    monkeypatch.setattr(geocoding, "_geocoder", lambda *_: Fake())
    geocode(["first", "second", "third"], Settings(geocoder="nominatim", cache="off"))
    assert times == [0, 1, 2]


@pytest.mark.parametrize(
    ("given", "variables"),
    [
        ({}, ["PAIGONG_GEOCODER"]),
        ({"geocoder": "gogle"}, ["PAIGONG_GEOCODER"]),
        ({"geocoder": "opencage"}, ["PAIGONG_GEOCODER_KEY"]),
        (
            {"geocoder": "baidu", "geocoder_url": "http://x.example"},
            ["PAIGONG_GEOCODER_KEY", "PAIGONG_GEOCODER_URL"],
        ),
    ],
)
def test_settings_that_do_not_fit_are_named(given: dict[str, str], variables: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        geocode([FURONG], Settings.model_validate({"cache": "off", **given}))
    assert [issue.path for issue in refused.value.issues] == variables


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_can_be_built(name: str) -> None:
    given = Settings.model_validate({"geocoder": name, "geocoder_key": "k"})
    assert geocoding._geocoder(name, given).adapter is not None


ANSWERS = {
    "photon": ("/maps/api", {"features": [{"geometry": {"coordinates": [113.0, 28.2]}, "properties": {}}]}),
    "opencage": (
        "/maps/geocode/v1/json",
        {
            "results": [{"formatted": "x", "geometry": {"lat": 28.2, "lng": 113.0}}],
            "status": {"code": 200, "message": "OK"},
        },
    ),
    # Baidu's own numbers: the place lies some 600 m further south and 1.2 km further west on GPS.
    "baidu": (
        "/geocoding/v3/",
        {"status": 0, "result": {"location": {"lng": 113.0, "lat": 28.2}, "level": "门址"}},
    ),
}
UNKNOWN = {
    "photon": {"features": []},
    "opencage": {"results": [], "status": {"code": 200, "message": "OK"}},
    "baidu": {"status": 1, "msg": "Internal Service Error:无相关结果", "results": []},
}


@pytest.fixture
def baidu_here(server: FakeNominatim, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Baidu's geocoder ask the local server; its address is no setting."""

    def here(self: BaiduV3, url: str, path: str, params: dict[str, str]) -> str:
        assert url == f"https://api.map.baidu.com{path}"
        return f"http://127.0.0.1:{server.server_port}{path}?{urlencode(params)}"

    monkeypatch.setattr(BaiduV3, "_construct_url", here)


@pytest.mark.usefixtures("baidu_here")
@pytest.mark.parametrize("name", ANSWERS)
def test_each_provider_is_asked_in_its_own_way(server: FakeNominatim, name: str) -> None:
    path, answer = ANSWERS[name]
    server.bad = [(200, json.dumps(content).encode()) for content in (answer, UNKNOWN[name])]
    url = server.url if PROVIDERS[name].takes_url else None
    given = Settings.model_validate(
        {"geocoder": name, "geocoder_key": "the-key", "geocoder_url": url, "cache": "off"}
    )
    found = geocode([FURONG, "nowhere"], given, pause_s=0)
    assert found["nowhere"] is None
    assert server.asked == [FURONG, "nowhere"]  # an unknown address is an answer, not a fault to try again
    there = to_wgs84([28.2], [113.0], PROVIDERS[name].system)
    place = found[FURONG]
    assert place is not None
    assert (place.lat, place.lon) == pytest.approx((float(there.lat[0]), float(there.lon[0])), abs=2e-6)
    asked_path, asked = server.questions[0]
    assert asked_path == path
    assert ("the-key" in str(asked)) == PROVIDERS[name].needs_key


def test_a_key_that_is_not_taken_is_named(server: FakeNominatim) -> None:
    server.bad = [(401, b"{}")] * 3
    given = Settings.model_validate(
        {"geocoder": "opencage", "geocoder_key": "hush", "geocoder_url": server.url, "cache": "off"}
    )
    with pytest.raises(TravelUnavailable, match="check PAIGONG_GEOCODER_KEY") as caught:
        geocode([FURONG], given, pause_s=0)
    assert "hush" not in str(caught.value)


def test_addresses_are_asked_for_in_one_form() -> None:
    assert normalised("  Ａ１\t路\n\x07 389 ") == "A1 路 389"
    assert len(normalised("x" * 5000)) == 300
