import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import run
from service.cli import COMMANDS

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIGONG_DATA", str(tmp_path))


def keys(*arguments: str) -> int:
    return run(["keys", *arguments], COMMANDS)


def listed(capsys: Output) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert keys("list", "--json") == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["keys"]
    return found


def test_the_secret_is_all_of_standard_output_and_shown_once(capsys: Output) -> None:
    assert keys("add", "Old admin", "--role", "admin") == 0
    secret = capsys.readouterr().out.strip()
    assert secret.startswith("pgk_")
    assert keys("list") == 0
    out = capsys.readouterr().out
    assert secret not in out
    assert "Old admin" in out


def test_a_key_has_what_was_asked_for(capsys: Output) -> None:
    keys("add", "boss", "--role", "admin")
    given = ["--branch", "B2", "--branch", "B1", "--technician", "T1", "--expires", "2099-01-01T00:00+08:00"]
    assert keys("add", "li", "--role", "technician", *given) == 0
    one = listed(capsys)[0]
    assert (one["branches"], one["technician_id"], one["made_by"]) == (["B1", "B2"], "T1", "local")
    assert one["expires_at"] == "2098-12-31T16:00:00Z"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["add", "x", "--role", "boss"], "role"),
        (["add", "x", "--role", "dispatcher"], "The first key must be an admin's"),
        (["add", "x", "--role", "technician"], "technician_id"),
        (["add", "x", "--role", "admin", "--expires", "soon"], "expires_at"),
        (["add", "x", "--role", "admin", "--expires", "2020-01-01T00:00Z"], "would not be valid"),
        (["add", "--role", "admin"], "KEY"),
        (["list", "x"], "KEY"),
        (["revoke", "key_x"], "There is no key key_x."),
        (["borrow"], "borrow"),
    ],
    ids=str,
)
def test_mistakes_are_named(given: list[str], said: str, capsys: Output) -> None:
    assert keys(*given) == 2
    assert said in capsys.readouterr().err
    assert listed(capsys) == []


def test_the_last_admin_key_goes_only_on_purpose(capsys: Output) -> None:
    keys("add", "boss", "--role", "admin")
    (one,) = listed(capsys)
    assert keys("revoke", one["key_id"]) == 2
    assert keys("revoke", one["key_id"], "--even-last") == 0
    (one,) = listed(capsys)
    assert one["revoked_at"] is not None
