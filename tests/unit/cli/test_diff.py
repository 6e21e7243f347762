"""``paigong diff``: two plan files in, what is otherwise out."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.diff import apply
from optimizer.domain.job import Customer
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan_diff import PlanDiff
from optimizer.interchange.plan_file import load_plan, save_plan
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.retime import retime
from tests.unit.rules.build import DAY, job, north, scenario, technician

Output = pytest.CaptureFixture[str]
QUESTION = scenario(
    [technician(), technician(technician_id="T2")],
    [job(customer=Customer(customer_id="C1")), job(job_id="J2", place=north(9))],
)


class Files:
    """Two plan files and their scenario."""

    def __init__(self, folder: Path) -> None:
        self.scenario, self.old, self.new = (folder / name for name in ("s.yaml", "old.json", "new.json"))
        self.scenario.write_text(scenario_yaml(QUESTION), encoding="utf-8")
        self.plan(self.old, T1=("J1", "J2"))
        self.plan(self.new, T1=("J1",), T2=("J2",))

    def plan(self, path: Path, **routes: tuple[str, ...]) -> None:
        """Write the plan of these orders."""
        listed = (OrderedDay(technician_id=who, day=DAY, jobs=jobs) for who, jobs in routes.items())
        save_plan(retime(QUESTION, Orders(routes=tuple(listed))), path)

    def diff(self, *options: str) -> int:
        """Compare the two."""
        return run(["diff", str(self.old), str(self.new), *options])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_the_summary_is_grouped(files: Files, capsys: Output) -> None:
    # J2, 3 km beyond J1, is reached at 10:15 after J1, at 09:15 from the branch.
    assert files.diff() == ExitCode.FINE
    said = capsys.readouterr().out
    assert said.startswith("1 job is planned otherwise: 1 with another technician.\nThe bill rises by ")
    assert "Jobs: other technician (1)\n  J2: 10:15 → 09:15, technician T2 instead of T1." in said
    assert "Technicians (2)\n  T1 on 2026-07-15: 1 stop instead of 2, " in said
    assert "TRAVEL" in said
    assert "distance km" in said


def test_customers_are_named_with_the_scenario(files: Files, capsys: Output) -> None:
    files.plan(files.new, T2=("J1", "J2"))
    assert files.diff("--scenario", str(files.scenario)) == ExitCode.FINE
    assert "J1 (customer C1): technician T2 instead of T1." in capsys.readouterr().out


def test_a_stranger_scenario_is_refused(files: Files, capsys: Output) -> None:
    changed = QUESTION.model_copy(update={"jobs": QUESTION.jobs[:1]})
    files.scenario.write_text(scenario_yaml(changed), encoding="utf-8")
    assert files.diff("--scenario", str(files.scenario)) == ExitCode.BAD_INPUT
    assert "Neither plan was made for this state of test." in capsys.readouterr().err


def test_json_holds_everything(files: Files, capsys: Output) -> None:
    assert files.diff("--json") == ExitCode.FINE
    said = capsys.readouterr().out
    assert json.loads(said)["format"] == "paigong-plan-diff-1"
    assert apply(PlanDiff.model_validate_json(said), load_plan(files.old)) == load_plan(files.new)


def test_the_same_plan(files: Files, capsys: Output) -> None:
    assert run(["diff", str(files.old), str(files.old)]) == ExitCode.FINE
    assert capsys.readouterr().out == "The plans are the same.\n"


def test_long_groups_are_cut_off(tmp_path: Path, capsys: Output) -> None:
    jobs = [job(job_id=f"J{i}", duration_min=5) for i in range(25)]
    rules = {"WORKLOAD_CAP": {"jobs_per_day": None}}
    asked = scenario([technician(), technician(technician_id="T2")], jobs, rules=rules)
    for name, who in (("old", "T1"), ("new", "T2")):
        route = OrderedDay(technician_id=who, day=DAY, jobs=tuple(one.job_id for one in jobs))
        save_plan(retime(asked, Orders(routes=(route,))), tmp_path / name)
    assert run(["diff", str(tmp_path / "old"), str(tmp_path / "new")]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "Jobs: other technician (25)" in said
    assert "… and 5 more; --json lists them all." in said


def test_something_that_is_no_plan(files: Files, capsys: Output) -> None:
    assert run(["diff", str(files.scenario), str(files.new)]) == ExitCode.BAD_INPUT
    assert "in the input" in capsys.readouterr().err
