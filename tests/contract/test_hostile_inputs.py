"""Inputs made to do harm are refused clearly, without a traceback, and cost no more memory than harmless ones."""

import pytest

from optimizer.cli.exit_codes import ExitCode
from optimizer.engines.lns import warm_up
from tests.contract.hostile_inputs import BOOK, HOSTILE, JSON, YAML, write
from tests.contract.measured_runs import Run, measured

ROOM_MB = 100
"""So much more memory than a harmless input may a hostile one take."""

REQUEST = (
    '{"vehicles": [{"id": 1, "start": [112.98, 28.2]}], "jobs": [{"id": 1, "location": [112.99, 28.21]}]}'
)
"""A request of VROOM without any harm in it."""

Outcomes = dict[str, Run]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """Give every hostile input, and some harmless ones, to the program."""
    warm_up()  # a child's patience is for the input, not for compiling the search
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in (("day.yaml", YAML), ("day.json", JSON)):
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "day.xlsx").write_bytes(BOOK)
    (folder / "request.json").write_text(REQUEST, encoding="utf-8")
    scenario = str(folder / "day.yaml")
    lines = {
        f"harmless {name}": ["validate", str(folder / name)] for name in ("day.yaml", "day.json", "day.xlsx")
    }
    lines["harmless request"] = ["vroom", str(folder / "request.json"), "--iterations", "1"]
    for number, one in enumerate(HOSTILE):
        path = str(write(one, folder / str(number)))
        lines[one.name] = [part.replace("{scenario}", scenario).replace("{}", path) for part in one.command]
    return dict(zip(lines, measured(list(lines.values())), strict=True))


def test_there_are_many_and_each_has_its_name() -> None:
    assert len({one.name for one in HOSTILE}) == len(HOSTILE) >= 40


def test_harmless_inputs_are_fine(outcomes: Outcomes) -> None:
    assert [run.code for name, run in outcomes.items() if name.startswith("harmless")] == [0, 0, 0, 0]


@pytest.mark.parametrize("name", [one.name for one in HOSTILE])
def test_hostile_inputs_are_refused(name: str, outcomes: Outcomes) -> None:
    run = outcomes[name]
    assert "Traceback" not in run.said, run.said
    assert run.code == ExitCode.BAD_INPUT, run
    assert run.said.strip(), "nothing was said"
    assert len(run.said) < 50_000, "nobody reads so much"
    assert "root:" not in run.said, "a file of the system was shown"


@pytest.mark.parametrize("name", [one.name for one in HOSTILE])
def test_hostile_inputs_take_little_memory(name: str, outcomes: Outcomes) -> None:
    harmless = "request" if name.startswith("vroom") else "day.xlsx"  # VROOM's door loads the search
    assert outcomes[name].peak_mb <= outcomes[f"harmless {harmless}"].peak_mb + ROOM_MB
