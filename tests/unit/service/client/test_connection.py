"""What a client does when the service is busy, out of reach, or speaks oddly; nothing here goes over a network."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from service.client import Client, NoPlan, ServiceProblem
from service.runs.records import RunRequest

Answer = httpx.Response | Exception

NOW = "2026-07-15T04:00:00Z"
RUN = {
    "run_id": "run_1",
    "scenario_id": "scn_1",
    "revision": 1,
    "asked": {"scenario_id": "scn_1"},
    "state": "finished",
    "cancel_asked": False,
    "made_by": "local",
    "queued_at": NOW,
    "deadline_at": None,
    "started_at": NOW,
    "ended_at": NOW,
    "attempt": 1,
    "progress": None,
    "ended_by": "time",
    "plan_id": "pln_1",
    "problem": None,
}


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Do not wait; say how long one would have waited, and let the clock go on by as much."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("time.monotonic", lambda: sum(slept))
    return slept


def client_of(answers: Iterator[Answer], seen: list[httpx.Request], **more: Any) -> Client:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        given = next(answers)
        if isinstance(given, Exception):
            raise given
        return given

    return Client("http://service", key="pgk_x", transport=httpx.MockTransport(answer), **more)


def test_a_change_is_sent_again_under_the_same_name(pauses: list[float]) -> None:
    seen: list[httpx.Request] = []
    answers: Iterator[Answer] = iter(
        [
            httpx.ConnectError("nobody there"),
            httpx.ReadError("cut off"),
            httpx.Response(503, headers={"Retry-After": "2"}),
            httpx.Response(429, headers={"Retry-After": "7"}),
            httpx.Response(202, json=RUN),
        ]
    )
    client = client_of(answers, seen)
    assert client.ask_for_run(RunRequest(scenario_id="scn_1")).run_id == "run_1"
    assert len({one.headers["Idempotency-Key"] for one in seen}) == 1
    assert {one.content for one in seen} == {b'{"scenario_id":"scn_1"}'}
    assert {one.headers["Authorization"] for one in seen} == {"Bearer pgk_x"}
    assert pauses[2:] == [2.0, 7.0]
    assert 0.1 <= pauses[0] <= 0.2 <= pauses[1] <= 0.4  # 0.2 s, then twice as long, each less up to a half


def test_each_change_has_its_own_name() -> None:
    seen: list[httpx.Request] = []
    client = client_of(iter([httpx.Response(202, json=RUN)] * 2), seen)
    for _ in range(2):
        client.ask_for_run(RunRequest(scenario_id="scn_1"))
    assert len({one.headers["Idempotency-Key"] for one in seen}) == 2


@pytest.mark.parametrize(
    "busy",
    [lambda: httpx.Response(503, headers={"Retry-After": "8"}), lambda: httpx.ConnectError("nobody there")],
)
def test_patience_ends(busy: Callable[[], httpx.Response | Exception], pauses: list[float]) -> None:
    client = client_of(iter(busy, None), [], patience_s=20)
    with pytest.raises((ServiceProblem, httpx.ConnectError)):
        client.get_session()
    assert 15 < sum(pauses) <= 20  # no pause is longer than 8 s, and the next one would have gone beyond 20


def test_a_wrong_address_is_told_at_once(pauses: list[float]) -> None:
    with pytest.raises(httpx.UnsupportedProtocol), Client("127.0.0.1:8470") as client:
        client.get_session()
    assert pauses == []


def test_a_run_is_not_waited_for_longer_than_asked(pauses: list[float]) -> None:
    waits = {**RUN, "state": "queued", "plan_id": None}
    client = client_of(iter(lambda: httpx.Response(200, json=waits), None), [])
    with pytest.raises(TimeoutError, match="run_1 has not ended in 5 s"):
        client.wait_for_run("run_1", seconds=5)
    assert sum(pauses) == pytest.approx(5)


def test_a_run_is_waited_for_until_it_ends(pauses: list[float]) -> None:
    states = iter(["queued", "running", "finished"])
    client = client_of((httpx.Response(200, json={**RUN, "state": one}) for one in states), [])
    assert client.wait_for_run("run_1").plan_id == "pln_1"
    assert len(pauses) == 2


def test_a_long_wait_is_not_begun(pauses: list[float]) -> None:
    client = client_of(iter([httpx.Response(429, headers={"Retry-After": "61"})]), [], patience_s=60)
    with pytest.raises(ServiceProblem) as refused:
        client.get_session()
    assert refused.value.status == 429
    assert pauses == []


def test_other_errors_are_not_sent_again() -> None:
    document = {
        "type": "/problems/invalid-input",
        "title": "The input cannot be used",
        "status": 422,
        "detail": "Two things are wrong.",
        "instance": "/runs",
        "trace_id": "t",
        "issues": [{"code": "missing", "pointer": "/seed", "cause": "It is missing.", "action": "Add it."}],
    }
    client = client_of(iter([httpx.Response(422, json=document)]), [])
    with pytest.raises(ServiceProblem, match=r"/seed: It is missing\. Add it\.") as refused:
        client.get_session()
    assert refused.value.kind == "invalid-input"
    assert refused.value.issues[0].pointer == "/seed"


def test_an_answer_of_something_else_is_told_as_what_it_is() -> None:
    client = client_of(iter([httpx.Response(502, text="<html>nginx</html>")]), [])
    with pytest.raises(ServiceProblem, match="502 Bad Gateway"):
        client.get_session()


def event(number: int, kind: str) -> bytes:
    return f'id: {number}\nevent: {kind}\ndata: {{"at": "{NOW}", "cents": {number}}}\n\n'.encode()


class Cut(httpx.SyncByteStream):
    """A stream that is cut off."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        raise httpx.ReadError("cut off")


def test_a_stream_that_is_cut_off_goes_on_behind_its_last_event() -> None:
    seen: list[httpx.Request] = []
    half = event(3, "improved")[:20]
    answers: Iterator[Answer] = iter(
        [
            httpx.Response(
                200, stream=Cut(event(1, "queued"), b": still there\n\n", event(2, "running"), half)
            ),
            httpx.ConnectError("nobody there"),
            httpx.Response(200, content=event(3, "improved") + event(4, "finished")),
        ]
    )
    client = client_of(answers, seen)
    heard = list(client.listen_to_run("run_1"))
    assert [(one.number, one.kind) for one in heard] == [
        (1, "queued"),
        (2, "running"),
        (3, "improved"),
        (4, "finished"),
    ]
    assert heard[2].data == {"cents": 3}
    assert [one.headers.get("Last-Event-ID") for one in seen] == [None, "2", "2"]


def test_a_server_that_ends_is_not_the_end_of_a_run() -> None:
    answers = iter(
        [
            httpx.Response(200, content=event(1, "running")),
            httpx.Response(200, json={**RUN, "state": "running"}),
            httpx.Response(200, content=event(2, "finished")),
        ]
    )
    assert [one.kind for one in client_of(answers, []).listen_to_run("run_1")] == ["running", "finished"]


def test_nothing_new_is_told_of_a_run_that_has_ended() -> None:
    answers = iter(
        [httpx.Response(200, content=b""), httpx.Response(200, json=RUN), httpx.Response(200, content=b"")]
    )
    assert list(client_of(answers, []).listen_to_run("run_1", after=9)) == []


def test_a_run_that_waits_is_waited_for_so_long_and_no_longer(pauses: list[float]) -> None:
    seen: list[httpx.Request] = []
    queued = RUN | {"state": "queued", "plan_id": None}
    with (
        client_of((httpx.Response(200, json=queued) for _ in range(99)), seen) as client,
        pytest.raises(TimeoutError, match="has not ended in 3 s"),
    ):
        client.wait_for_run("run_1", seconds=3)
    assert sum(pauses) == 3
    assert {request.url.path for request in seen} == {"/runs/run_1"}  # a stream may say nothing for longer
    with client_of(iter([httpx.Response(200, json=RUN)]), []) as client:
        assert client.wait_for_run("run_1", seconds=0).state == "finished"


def test_a_run_without_a_plan_says_why() -> None:
    failed = {
        **RUN,
        "state": "failed",
        "plan_id": None,
        "problem": {"title": "No", "detail": "It cannot be."},
    }
    info = {"scenario_id": "s", "name": "n", "revision": 1, "made_by": "k", "made_at": NOW, "changed_at": NOW}
    answers = iter(
        [
            httpx.Response(202, json=failed),
            httpx.Response(200, content=event(1, "failed")),
            httpx.Response(200, json=failed),
        ]
    )
    from service.scenarios.records import ScenarioInfo

    with pytest.raises(NoPlan, match=r"run_1 is failed: It cannot be\."):
        client_of(answers, []).plan(ScenarioInfo.model_validate(info))
