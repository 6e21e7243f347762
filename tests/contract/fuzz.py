"""Sends a service thousands of requests that its description allows, and as many that it does not.

``python -m tests.contract.fuzz --examples 1000`` runs schemathesis over every operation, then over chains of operations
in which one takes what another answered, against a server of its own with an object of every kind in its store. Whole
scenarios take long to make up, so two processes share the work best: one with ``--no-chains`` and the four operations
that take one (``--include-operation-id upload_scenario`` and so on), one with the others (``--exclude-operation-id``).

References
----------
Hatfield-Dodds, Dygalo (2022), Deriving Semantics-Aware Fuzzers from Web API Schemas, ICSE, doi:10.1145/3510454.3528637
"""

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import structlog
from fastapi.testclient import TestClient

from optimizer.settings import Settings
from service.app import ROUTERS, AtWork, create_app
from service.backend import Backend
from service.executor.task import Task
from service.runs.keeper import Keeper
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studies.keeper import StudyKeeper
from tests.contract.branch_objects import DAY, OBJECTS, Office
from tests.contract.fuzz_description import BRANCH, for_chains, with_objects
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.listening import listening
from tests.unit.service.served import key_for
from tests.unit.service.studies.made_up import drawn

_CONFIGURATION: Final = """
# With a database Hypothesis makes what it keeps there as small as it can, which takes nine tenths of the time.
[generation]
max-examples = {examples}
database = "none"

[phases.stateful]
generation.max-examples = {chains}
max-steps = {steps}
inference.algorithms = []
generation.mode = "positive"
# The description of this phase is narrower than the service, so what is outside of it may well be good.
checks.negative_data_rejection.enabled = false

# Beside what schemathesis takes for no refusal: an old version, and none where one must be named.
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "428", "429", "5xx"]
negative_data_rejection.expected-statuses = [
  "400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429", "5xx"
]

# A whole scenario or plan takes many times as long to make up as anything else; its parts must fit each other.
[[operations]]
include-operation-id = ["upload_scenario", "replace_scenario_content", "check_plan", "ask_for_study"]
generation.max-examples = {large}
checks.positive_data_acceptance.enabled = false

# What they take must fit what is stored, or itself, which no schema can say: a job there is, an end after a start,
# a day that is over.
[[operations]]
include-operation-id = [
  "patch_scenario_content", "take_job_in", "time_plan", "explain_plan", "preview_move", "create_board", "put_draft",
  "tell_customer", "tell_outcome", "report_events", "replan_boards", "ask_for_proposals", "publish_proposal", "add_key",
  "ask_for_offers", "hold_slot", "confirm_offer", "close_day"
]
checks.positive_data_acceptance.enabled = false

# Its addresses are checked beyond what a schema says of them.
[[operations]]
include-operation-id = "add_webhook"
checks.positive_data_acceptance.enabled = false

# Their answers to what is wrong are 200: one says what is wrong, the other takes what VROOM's own server takes.
[[operations]]
include-operation-id = "validate_scenario"
generation.max-examples = {large}
checks.negative_data_rejection.enabled = false

[[operations]]
include-operation-id = "solve_vroom"
checks.negative_data_rejection.enabled = false
checks.positive_data_acceptance.enabled = false
"""

SINGLE: Final = "examples,coverage,fuzzing"
"""Schemathesis' phases of single requests."""

_EVERY: Final = frozenset(str(tag) for router in ROUTERS for tag in router.tags)

_CHAINS: Final = (
    _EVERY - {"studies"},  # a day takes a long chain, which should not be led away from it
    frozenset({"boards", "dispatch orders"}),
    frozenset({"studies"}),
    frozenset({"keys", "webhooks", "reference", "manual"}),
)
"""Rooms that chains lead through, one set after the other."""

_OF_A_BOARD: Final = ("board_id", "proposals_id", "offers_id")
"""What stands in addresses of a board's operations."""

_STEPS: Final = 100
"""Operations in a chain: long enough for most links to be followed."""

_SETTINGS: Final = {
    "rate_each": 1_000_000,
    "wrong_keys": 1_000_000,
    "queue": 100_000,
    "queue_each": 100_000,
    "study_queue": 100_000,
    "study_days": 500,
    "run_limit_s": 5,
    "answer_s": 60,
    "studio": 2,
    "cache": None,
}


MORNING: Final = datetime.fromisoformat(f"{DAY}T08:00:00+08:00")
"""When the service is asked: on the day of its objects."""


class Fuzzed(NamedTuple):
    """What came of it."""

    exit_code: int
    """Of schemathesis: 0 when nothing was found."""
    linked: frozenset[str]
    """Ids of the operations that links lead to."""
    reached: frozenset[str]
    """Ids of the operations that answered 2xx in a chain."""


class Served(NamedTuple):
    """A service that is listened to."""

    address: str
    """Where."""
    who: dict[str, str]
    """An administrator's key as headers."""
    office: Office
    """Objects of every kind."""


class _Unhurried(GreedyExecutor):
    """Leaves runs time to wait, so that some can be cancelled."""

    def submit(self, task: Task) -> None:
        time.sleep(0.1)
        super().submit(task)


def _clock_from(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that shows this moment now, and goes on."""
    began = time.monotonic()
    return lambda: moment.astimezone(UTC) + timedelta(seconds=time.monotonic() - began)


@contextmanager
def running(url: str) -> Iterator[Served]:
    """Serve from an empty store into which an object of every kind is put.

    Parameters
    ----------
    url : the store's database
    """
    store = Store(url)
    upgrade(store)
    settings = Settings(**_SETTINGS)  # type: ignore[arg-type] # as an operator would give them
    clock = _clock_from(MORNING)
    backend = replace(Backend(settings, store), now=clock)
    with TestClient(create_app(backend), "http://127.0.0.1:8470", client=("127.0.0.1", 50000)) as client:
        who = key_for(client, "admin")
        office = Office(client, BRANCH)
        office.make_all()
    serving = replace(Backend(settings, store), now=clock)
    try:
        keepers: list[AtWork] = [Keeper(serving, _Unhurried()), StudyKeeper(serving, drawn)]
        with listening(serving, keepers) as address:
            yield Served(address, who, office)
    finally:
        store.close()


def fuzz(
    url: str,
    examples: int,
    seed: int,
    *,
    phases: str = SINGLE,
    chains: bool = True,
    large: int = 0,
    chosen: Sequence[str] = (),
) -> Fuzzed:
    """Run schemathesis: single requests first, then chains of them.

    Parameters
    ----------
    url : database of an empty store
    examples : most requests for an operation in each phase
    seed : start of the random numbers
    phases : schemathesis' phases of single requests
    chains : whether chains follow
    large : most requests in each phase for an operation that takes a whole scenario or plan; 0: as many
    chosen : schemathesis' arguments that choose the operations of single requests; empty: all of them
    """
    with running(url) as served, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        description = httpx.get(f"{served.address}/openapi.json").json()
        ids = {one: served.office[one] for one in OBJECTS if " " not in one}
        (folder / "schemathesis.toml").write_text(
            _CONFIGURATION.format(
                examples=examples, chains=max(10, examples // 10), steps=_STEPS, large=large or examples
            ),
            encoding="utf-8",
        )
        wide = with_objects(description, {one: [value, "none"] for one, value in ids.items()}, served.office)
        ended = [_run(folder, served, wide, seed, phases, chosen)] if phases else []
        reached: set[str] = set()
        for rooms in _CHAINS if chains else ():
            narrow = for_chains(description, ids, served.office, rooms)
            ended.append(_run(folder, served, narrow, seed, "stateful"))
            reached |= _reached(json.loads((folder / "answers.json").read_text(encoding="utf-8")))
    return Fuzzed(max(ended), _linked(description), frozenset(reached))


def _run(
    folder: Path,
    served: Served,
    description: dict[str, Any],
    seed: int,
    phases: str,
    chosen: Sequence[str] = (),
) -> int:
    """Run some phases and return schemathesis' exit code: 0 when nothing was found."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(description), encoding="utf-8")
    own = httpx.get(f"{served.address}/session", headers=served.who).json()["key_id"]
    environment = {
        "SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("fuzz_hooks.py")),
        "FUZZ_ANSWERS": str(folder / "answers.json"),
        "FUZZ_KEY_ID": own,
        "FUZZ_BRANCH": BRANCH,
        "FUZZ_OPEN_BOARD": json.dumps({name: served.office[name] for name in _OF_A_BOARD}),
    }
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", served.address),
        *("--header", f"Authorization: {served.who['Authorization']}", "--seed", str(seed)),
        *("--phases", phases),
        *("--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "30"),
        *("--warnings", "off"),
        *chosen,
    ]
    return subprocess.run(command, cwd=folder, check=False, env={**os.environ, **environment}).returncode


def _linked(description: dict[str, Any]) -> frozenset[str]:
    return frozenset(
        name
        for methods in description["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
        for name in answer.get("links", ())
    )


def _reached(answers: dict[str, dict[str, int]]) -> frozenset[str]:
    told = [(one.split(), statuses) for one, statuses in answers.items()]
    return frozenset(
        name
        for (phase, name), statuses in told
        if phase == "stateful" and any(status.startswith("2") for status in statuses)
    )


def main() -> None:
    """Run it as the command line says and end with schemathesis' exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="What else is given chooses operations: --include-operation-id upload_scenario …",
    )
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="an empty database; none: a SQLite file")
    parser.add_argument(
        "--phases", default=SINGLE, help="schemathesis' phases of single requests; empty: chains only"
    )
    parser.add_argument("--chains", action=argparse.BooleanOptionalAction, default=True)
    given, chosen = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        database = given.database or sqlite_url(Path(folder))
        found = fuzz(
            database, given.examples, given.seed, phases=given.phases, chains=given.chains, chosen=chosen
        )
    if not given.chains:
        sys.exit(found.exit_code)
    missed = sorted(found.linked - found.reached)
    print(f"answered 2xx in chains: {len(found.linked & found.reached)} of {len(found.linked)} operations")
    print(f"never: {', '.join(missed) or 'none'}")
    sys.exit(found.exit_code)


if __name__ == "__main__":
    main()
