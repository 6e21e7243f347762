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
from optimizer.domain.policy import Preset
from optimizer.interchange.plan_file import load_plan, save_plan
from optimizer.interchange.scenario_file import with_preset
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.retime import retime
from optimizer.words.numbers import money
from tests.unit.rules.build import DAY, job, north, scenario, technician

Output = pytest.CaptureFixture[str]
QUESTION = scenario(
    [technician(), technician(technician_id="T2")],
    [job(customer=Customer(customer_id="C1", name="Li Ping")), job(job_id="J2", place=north(9))],
)


def words(said: str) -> str:
    """Return what was said, however the lines are broken."""
    return " ".join(said.split())


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


def test_jobs_stand_in_order_of_their_new_time(files: Files, capsys: Output) -> None:
    files.plan(files.old, T1=("J1", "J2"))
    files.plan(files.new, T1=("J2", "J1"))
    assert files.diff() == ExitCode.FINE
    said = capsys.readouterr().out
    assert "Jobs: other time (2)\n  J2: " in said


def test_customers_are_named_with_the_scenario(files: Files, capsys: Output) -> None:
    files.plan(files.new, T2=("J1", "J2"))
    assert files.diff("--scenario", str(files.scenario)) == ExitCode.FINE
    assert "J1 (Li Ping): technician T2 instead of T1." in capsys.readouterr().out


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


def presets(files: Files, *names: Preset) -> None:
    """Make the two plans, alike but for J2 left out of the new one, under these presets."""
    for path, preset, jobs in zip((files.old, files.new), names, (("J1", "J2"), ("J1",)), strict=True):
        asked = with_preset(QUESTION, preset)
        save_plan(retime(asked, Orders(routes=(OrderedDay(technician_id="T1", day=DAY, jobs=jobs),))), path)


@pytest.mark.parametrize("options", [("--scenario", "{}"), ()])
def test_plans_of_different_presets_are_compared_by_the_old_one_s_prices(
    options: tuple[str, ...], files: Files, capsys: Output
) -> None:
    # A normal job left out is 500.00 dearer by service-first; economy asks 300.00 for it. The scenario stands beside.
    presets(files, "service-first", "economy")
    assert files.diff(*(option.format(files.scenario) for option in options)) == ExitCode.FINE
    said = words(capsys.readouterr().out)
    assert said.startswith(
        "The plans were made under different presets: the old one under service-first, the new one under economy. "
    )
    old = load_plan(files.old).assessment.bill.total_cents
    own = load_plan(files.new).assessment.bill.total_cents
    fair = own + 20_000
    assert (
        f"By the prices of service-first (old plan) the bill rises by {money(fair - old)}, from {money(old)} to "
        f"{money(fair)}; by the prices of economy (new plan) it is {money(own)}."
    ) in said
    assert "Whatever the prices: 1 job fewer, " in said
    assert "Bill, both by the old plan's prices (service-first)" in said
    assert "¥500.00" in said
    assert "¥300.00" not in said


def test_without_the_scenario_bills_of_different_presets_are_not_compared(
    files: Files, capsys: Output
) -> None:
    presets(files, "service-first", "economy")
    files.scenario.unlink()
    assert files.diff() == ExitCode.FINE
    said = words(capsys.readouterr().out)
    assert "The bills are not comparable: " in said
    assert "Bill, each by its own prices: not comparable" in said
    assert "The bill rises" not in said
    assert "The bill falls" not in said


def test_policies_with_other_values_are_told(files: Files, capsys: Output) -> None:
    dearer = QUESTION.policy.model_copy(update={"rules": {"TRAVEL": {"car_cents_per_km": 500}}})
    asked = QUESTION.model_copy(update={"policy": dearer})
    save_plan(
        retime(asked, Orders(routes=(OrderedDay(technician_id="T1", day=DAY, jobs=("J1", "J2")),))), files.new
    )
    (files.new.parent / "dearer.yaml").write_text(scenario_yaml(asked), encoding="utf-8")
    assert files.diff() == ExitCode.FINE
    said = words(capsys.readouterr().out)
    assert said.startswith("The plans were made under policies with different values. ")
    # Two identical days otherwise but for who drives: by the old prices the difference is the kilometres alone.
    assert "By the old plan's prices the bill " in said
