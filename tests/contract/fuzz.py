"""Sends a service thousands of requests that its description allows, and as many that it does not.

``python -m tests.contract.fuzz --examples 1000`` runs schemathesis over every operation, then over chains of operations
in which one takes what another answered, against a server of its own with an object of every kind in its store.

References
----------
Hatfield-Dodds, Dygalo (2022), Deriving Semantics-Aware Fuzzers from Web API Schemas, ICSE, doi:10.1145/3510454.3528637
"""

import argparse
import copy
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import structlog
from fastapi.testclient import TestClient

from optimizer.settings import Settings
from service.app import create_app
from service.backend import Backend
from service.runs.keeper import Keeper
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from tests.contract.branch_objects import DAY, OBJECTS, OTHERS, Office
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.listening import listening
from tests.unit.service.served import key_for

NOT_ASKED: Final = {
    "positive_data_acceptance": "an id of nothing is 404, and a body may break a rule that no schema can say",
    "ignored_auth": "it sends wrong keys, which are refused with 429 after ten a minute; test_access.py has every role",
}
"""Checks of schemathesis that are left out, and why."""

_CONFIGURATION: Final = """
[generation]
max-examples = {examples}

[phases.stateful]
generation.max-examples = {fewer}

# A whole scenario or plan takes many times as long to make up as anything else.
[[operations]]
include-operation-id = ["upload_scenario", "replace_scenario_content", "check_plan"]
generation.max-examples = {large}

# Their answers to what is wrong are 200: one says what is wrong, the other takes what VROOM's own server takes.
[[operations]]
include-operation-id = "validate_scenario"
generation.max-examples = {large}
checks.negative_data_rejection.enabled = false

[[operations]]
include-operation-id = "solve_vroom"
checks.negative_data_rejection.enabled = false
"""

_SETTINGS: Final = {
    "rate_each": 1_000_000,
    "queue": 100_000,
    "queue_each": 100_000,
    "run_limit_s": 5,
    "answer_s": 60,
    "studio": 2,
    "cache": None,
}


@contextmanager
def running(url: str) -> Iterator[tuple[str, dict[str, str], dict[str, list[str]]]]:
    """Serve from an empty store; yields the address, an administrator's key as headers, and ids of objects.

    Parameters
    ----------
    url : the store's database
    """
    store = Store(url)
    upgrade(store)
    settings = Settings(**_SETTINGS)  # type: ignore[arg-type] # as an operator would give them
    backend = Backend(settings, store)
    with TestClient(create_app(backend), "http://127.0.0.1:8470", client=("127.0.0.1", 50000)) as client:
        who = key_for(client, "admin")
        ids = {name: [value, "none"] for name, value in _objects(Office(client, "B1")).items()}
    serving = Backend(settings, store)
    try:
        with listening(serving, [Keeper(serving, GreedyExecutor())]) as address:
            yield address, who, ids
    finally:
        store.close()


def _objects(office: Office) -> dict[str, str]:
    return {name: office[name] for name in OBJECTS if " " not in name}


def with_objects(description: dict[str, Any], ids: dict[str, list[str]]) -> dict[str, Any]:
    """Return a description that names, beside everything it allows, the objects that are there.

    Parameters
    ----------
    description : OpenAPI
    ids : some values for a name of a parameter or field
    """
    found = copy.deepcopy(description)
    known: dict[str, list[Any]] = {
        **ids,
        "newer": ids["plan_id"],
        "branch_id": ["B1"],
        "branch": ["B1"],
        "day": [DAY],
        "older": [1],
    }
    known |= {name: list(values) for name, values in OTHERS.items() if name != "kind"}
    for methods in found["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                name = "*" if parameter["name"] == "If-Match" else parameter["name"]
                _widen(parameter, "schema", {**known, "*": ["*"]}.get(name))
                parameter.pop("examples", None)
                parameter.pop("example", None)
            # One way of sending a scenario is enough: YAML holds the same.
            operation.get("requestBody", {}).get("content", {}).pop("application/yaml", None)
            if "security" in operation:  # a cookie would be a browser's, which sends Origin too
                operation["security"] = [one for one in operation["security"] if "Session" not in one]
    del found["components"]["securitySchemes"]["Session"]
    for schema in found["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            _widen(schema["properties"], name, known.get(name))
    return found


def _widen(parent: dict[str, Any], name: str, values: list[Any] | None) -> None:
    if values is not None and parent[name].get("type", "string") in ("string", "integer"):
        parent[name] = {"anyOf": [{"enum": values}, parent[name]]}


def fuzz(url: str, examples: int, seed: int, more: Sequence[str] = (), *, large: int = 0) -> int:
    """Run schemathesis and return its exit code: 0 when nothing was found.

    Parameters
    ----------
    url : database of an empty store
    examples : most requests for an operation in each phase
    seed : start of the random numbers
    more : further options of schemathesis
    large : most requests in each phase for an operation that takes a whole scenario or plan; 0: as many
    """
    with running(url) as (address, who, ids), tempfile.TemporaryDirectory() as folder:
        description = httpx.get(f"{address}/openapi.json").json()
        file = Path(folder) / "openapi.json"
        file.write_text(json.dumps(with_objects(description, ids)), encoding="utf-8")
        (Path(folder) / "schemathesis.toml").write_text(
            _CONFIGURATION.format(examples=examples, fewer=max(5, examples // 10), large=large or examples),
            encoding="utf-8",
        )
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", address),
            *("--header", f"Authorization: {who['Authorization']}", "--seed", str(seed)),
            *("--exclude-checks", ",".join(NOT_ASKED)),
            *("--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "30"),
            *("--warnings", "off", *more),
        ]
        return subprocess.run(command, cwd=folder, check=False).returncode


def main() -> None:
    """Run it as the command line says and end with schemathesis' exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="an empty database; none: a SQLite file")
    given, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(fuzz(given.database or sqlite_url(Path(folder)), given.examples, given.seed, more))


if __name__ == "__main__":
    main()
