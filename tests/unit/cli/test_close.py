"""``paigong close``: a day is over, and the next one begins with what is left of it."""

import re
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.console import result_console, show
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.show.day_report import day_view
from optimizer.control import Iterations
from optimizer.domain.day_report import DayReport
from optimizer.domain.event import Event, Finished, NewJob, NoAccess, Postponed, Started
from optimizer.domain.technician import Shift
from optimizer.interchange.events_file import events_json, load_events
from optimizer.interchange.plan_file import save_plan
from optimizer.interchange.scenario_file import load_scenario, with_preset
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.planning import plan_scenario
from tests.architecture.project import ROOT
from tests.unit.replan.test_close import IN_DAYS, JOBS, TOMORROW, closed, question
from tests.unit.replan.test_day_report import told
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, technician

Output = pytest.CaptureFixture[str]
VAIN = NoAccess(kind="no_access", job_id="J1", at=at("09:20"), windows=(TOMORROW,))


class Files:
    """A scenario, its plan and what happened."""

    def __init__(self, folder: Path) -> None:
        names = ("today.yaml", "plan.json", "events.json", "tomorrow.yaml", "report.json", "waiting.json")
        self.scenario, self.plan, self.events, self.out, self.report, self.waiting = (
            folder / name for name in names
        )
        self.scenario.write_text(scenario_yaml(question()), encoding="utf-8")
        save_plan(plan_scenario(question(), stop=Iterations(60)), self.plan)
        self.happened()

    def happened(self, *events: Event) -> None:
        """Write what happened."""
        self.events.write_text(events_json(events), encoding="utf-8")

    def close(self, *options: str, now: str = "2026-07-15T21:00") -> int:
        """Close the day."""
        files = (str(self.scenario), str(self.plan), str(self.events))
        return run(["close", *files, "--now", now, "--out", str(self.out), *options])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_a_day_is_closed_and_the_next_one_can_be_planned(files: Files, capsys: Output) -> None:
    files.happened(VAIN)
    assert files.close("--report", str(files.report)) == ExitCode.FINE
    said = capsys.readouterr().out
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert lines[0] == "Wed 15 Jul, closed 15 Jul 21:00: 1 job done, 1 left over"
    assert "Left over (1): J1" in lines
    assert "Second visits (1): J1" in lines
    assert "Taken to have gone as planned, nothing reported (1): J2" in lines
    # 600 s to J1, 600 s there in vain, 100 s to J2, an hour there, 700 s home; planned are fifty minutes more at J1
    assert "T1 1 1 1.6 h 2.4 h 14 km 14 km 15:11" in lines
    assert "1 day from Thu 16 Jul, 1 job" in lines
    report = DayReport.model_validate_json(files.report.read_text(encoding="utf-8"))
    (total,) = (line for line in lines if line.startswith("total"))
    assert re.sub(r"[^\d]", "", total.split()[2]) == str(report.real_bill.total_cents)
    following = load_scenario(files.out)
    assert following.horizon.first_day == NEXT_DAY
    assert [one.windows for one in following.jobs] == [(TOMORROW,)]
    assert plan_scenario(following, stop=Iterations(30)).plan.unserved == ()


def test_the_next_scenario_keeps_its_own_preset(files: Files) -> None:
    thrifty = with_preset(question(), "economy")
    save_plan(plan_scenario(thrifty, stop=Iterations(30)), files.plan)
    assert files.close() == ExitCode.FINE
    assert load_scenario(files.out).policy == question().policy


def test_who_has_no_shift_is_named(files: Files, capsys: Output) -> None:
    of = question(who=technician(shifts=(Shift(day=DAY),)))
    files.scenario.write_text(scenario_yaml(of), encoding="utf-8")
    save_plan(plan_scenario(of, stop=Iterations(10)), files.plan)
    assert files.close("--days", "2") == ExitCode.FINE
    assert "No shift on these days: T1" in capsys.readouterr().out
    assert load_scenario(files.out).horizon.days == 2


def test_a_job_for_a_later_day_is_not_lost(files: Files, capsys: Output) -> None:
    files.happened(Postponed(kind="postponed", job_id="J2", at=at("10:00"), windows=(IN_DAYS,)))
    assert files.close() == ExitCode.BAD_INPUT
    assert "[waits-longer]" in capsys.readouterr().err
    assert not files.out.exists()
    assert files.close("--waiting", str(files.waiting)) == ExitCode.FINE
    assert "Waiting for a later day (1): J2" in capsys.readouterr().out
    (again,) = load_events(files.waiting)
    assert isinstance(again, NewJob)
    assert again.job.windows == (IN_DAYS,)
    # the next time it is among the events
    fewer = question(JOBS[:1])
    files.scenario.write_text(scenario_yaml(fewer), encoding="utf-8")
    save_plan(plan_scenario(fewer, stop=Iterations(10)), files.plan)
    files.happened()
    command = ["close", str(files.scenario), str(files.plan), str(files.events), str(files.waiting)]
    when = ["--now", "2026-07-15T21:00", "--days", "3", "--out", str(files.out)]
    assert run([*command, *when]) == ExitCode.FINE
    assert [one.job_id for one in load_scenario(files.out).jobs] == ["J2"]


def test_work_that_is_not_over_is_named(files: Files, capsys: Output) -> None:
    files.happened(Started(kind="started", job_id="J1", at=at("09:15")))
    assert files.close(now="2026-07-15T10:05:00+08:00") == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert re.findall(r"\[([a-z-]+)\]", said) == ["no-end-reported", "still-to-come"]
    assert not files.out.exists()


@pytest.mark.parametrize(
    ("options", "now", "codes"),
    [
        (("--day", "monday"), "noon", ["unknown-moment", "unknown-day"]),
        (("--day", "2026-07-20"), "2026-07-20T21:00", ["outside-horizon"]),
        ((), "2026-07-14T21:00", ["day-to-come"]),
    ],
)
def test_a_wrong_time(
    options: tuple[str, ...], now: str, codes: list[str], files: Files, capsys: Output
) -> None:
    assert files.close(*options, now=now) == ExitCode.BAD_INPUT
    assert re.findall(r"\[([a-z-]+)\]", capsys.readouterr().err) == codes


def test_the_day_is_the_one_where_the_work_is(files: Files) -> None:
    assert files.close(now="2026-07-15T16:00:00Z") == ExitCode.FINE  # midnight there
    assert files.close(now="2026-07-14T18:00:00-03:00") == ExitCode.BAD_INPUT  # five in the morning
    assert files.close(now="2026-07-14T12:00:00-03:00") == ExitCode.BAD_INPUT  # the evening before


def test_a_plan_of_another_state_is_refused(files: Files, capsys: Output) -> None:
    changed = question([*JOBS, job(job_id="J3")])
    files.scenario.write_text(scenario_yaml(changed), encoding="utf-8")
    assert files.close() == ExitCode.BAD_INPUT
    assert "[other-scenario]" in capsys.readouterr().err


def test_no_file_that_is_read_is_written_over(files: Files, capsys: Output) -> None:
    before = files.events.read_text(encoding="utf-8")
    assert files.close("--report", str(files.events)) == ExitCode.BAD_INPUT
    assert files.events.read_text(encoding="utf-8") == before
    assert files.close("--out", "tomorrow.xlsx") == ExitCode.BAD_INPUT
    assert "--out" in capsys.readouterr().err


def test_told_is_listed_beside_what_came(files: Files, capsys: Output) -> None:
    of = question(promises=[told("J2")])
    files.scenario.write_text(scenario_yaml(of), encoding="utf-8")
    save_plan(plan_scenario(of, stop=Iterations(60)), files.plan)
    begun = Started(kind="started", job_id="J2", at=at("15:20"))
    files.happened(begun, Finished(kind="finished", job_id="J2", at=at("16:00")))
    assert files.close() == ExitCode.FINE
    said = " ".join(capsys.readouterr().out.split())
    assert "J2 was told 14:00–15:00 with T1; T1 began 15 Jul 15:20 (late)." in said


def test_a_long_list_is_cut_off(tmp_path: Path, capsys: Output) -> None:
    found = closed(of=question([job(job_id=f"J{row}") for row in range(10, 40)])).report
    following = question()
    show(result_console(), day_view(found, following))
    said = " ".join(capsys.readouterr().out.split())
    assert f"Left over ({len(found.left_over)}): " in said
    assert f"{found.left_over[19]} and {len(found.left_over) - 20} more" in said


def test_the_readmes_evening_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("### When the day changes\n")[1].split("\n### A day in a spreadsheet")[0]
    (events,) = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    (tmp_path / "events.yaml").write_text(events, encoding="utf-8")
    every = re.findall(r"^\.venv/bin/paigong (.*)$", section, re.MULTILINE)
    commands = [command for command in every if not command.startswith("demo-day")]
    assert len(commands) == 4
    monkeypatch.chdir(tmp_path)
    for command in commands:
        arguments = command.split()
        quick = ["--iterations", "200"] if arguments[0] in ("plan", "replan") else []
        assert run([*arguments, *quick]) == ExitCode.FINE
    report = DayReport.model_validate_json(Path("day.json").read_text(encoding="utf-8"))
    assert (report.given_up, report.without_shift) == (("WX-24",), ())
