"""Many callers want the same window at the same time, over real HTTP."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import httpx
import pytest

from optimizer.interchange.scenario_text import scenario_json
from optimizer.settings import Settings
from service.backend import Backend
from service.store import Store
from service.studio import Studio
from tests.unit.service.boards.day import DAY, NEWEST, X, at, plan_orders, two_branches
from tests.unit.service.listening import listening
from tests.unit.service.offers.desk import job, window

TAKERS = 50
LATE = window("17:00", "17:20")
"""Each of the two technicians has room for one survey in it."""


@pytest.fixture
def office(with_store: Store) -> Iterator[httpx.Client]:
    """A service on a port, where it is 08:30."""
    backend = Backend(Settings(), with_store, Studio(2), now=lambda: datetime.fromisoformat(at("08:30")))
    with listening(backend) as where, httpx.Client(base_url=where, timeout=60) as one:
        yield one


@pytest.mark.parametrize("verb", ["hold", "confirm"])
def test_of_many_who_take_the_last_room_one_gets_it(office: httpx.Client, verb: str) -> None:
    board = published(office)
    callers = [offered(office, board, f"N{number}") for number in range(TAKERS + 1)]
    one_is_left = taken(office, callers.pop(), "confirm")  # so there is one technician with room
    assert one_is_left.status_code == 200, one_is_left.text
    together = Barrier(TAKERS)

    def one_of_them(address: str) -> tuple[int, str]:
        together.wait()
        answer = taken(office, address, verb)
        return answer.status_code, answer.json().get("type", "")

    with ThreadPoolExecutor(TAKERS) as many:
        said = Counter(many.map(one_of_them, callers))
    assert said == {(200, ""): 1, (409, "/problems/offer-gone"): TAKERS - 1}
    offers = office.get(f"{board}/offers").json()["offers"]
    states = Counter(one["state"] for one in offers)
    assert states["held" if verb == "hold" else "confirmed"] == (1 if verb == "hold" else 2)
    view = office.get(board).json()
    late = [
        stop["job_id"]
        for shift in view["published"]["shifts"]
        for stop in shift["stops"]
        if stop["job_id"].startswith("N")
    ]
    assert len(late) == (1 if verb == "hold" else 2)
    assert view["published"]["findings"] == 0


def test_of_many_who_confirm_the_same_offer_one_does(office: httpx.Client) -> None:
    board = published(office)
    address = offered(office, board, "N1")
    with ThreadPoolExecutor(10) as many:
        answers = list(many.map(lambda _: taken(office, address, "confirm"), range(10)))
    assert Counter(one.status_code for one in answers) == {200: 1, 409: 9}
    happened = office.get(board).json()["happened"]
    assert [one["event"]["job"]["job_id"] for one in happened] == ["N1"]


def taken(office: httpx.Client, address: str, verb: str) -> httpx.Response:
    """Hold or confirm the window, again while the service is busy, as it asks for."""
    for _ in range(200):
        answer = office.post(f"{address}/{verb}", json={"window": LATE}, headers=NEWEST)
        if answer.status_code != 503:
            return answer
        assert answer.headers["Retry-After"]
        time.sleep(0.1)
    raise AssertionError("the service stays busy")


def offered(office: httpx.Client, board: str, job_id: str) -> str:
    """Ask for offers of the window and return their address."""
    answer = office.post(f"{board}/offers", json={"job": job(job_id), "slots": [LATE]})
    assert len(answer.json()["offers"]) == 1, answer.text
    return answer.headers["Location"]


def published(office: httpx.Client) -> str:
    """Publish the plan `X` on a board of B1 and return its address."""

    def sent(method: str, address: str, **body: Any) -> httpx.Response:
        answer = office.request(method, address, headers=NEWEST, **body)
        assert answer.is_success, answer.text
        return answer

    scenario = sent("POST", "/scenarios", json=json.loads(scenario_json(two_branches()))).json()
    orders = plan_orders(X).model_dump(mode="json")
    plan = sent("POST", "/plans", json={"scenario_id": scenario["scenario_id"], "orders": orders}).json()
    new = {"scenario_id": scenario["scenario_id"], "branch_id": "B1", "day": DAY}
    board = sent("POST", "/boards", json=new).headers["Location"]
    sent("PUT", f"{board}/draft", json={"plan_id": plan["plan_id"]})
    for verb in ("approve", "publish"):
        sent("POST", f"{board}/{verb}")
    return board
