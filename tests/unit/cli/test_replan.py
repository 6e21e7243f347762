"""``paigong replan``: the ways to go on after what happened."""

from pathlib import Path

import pytest

from optimizer.checker import check_plan
from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.control import Iterations
from optimizer.domain.event import CallOff, Event, NewJob, Postponed
from optimizer.domain.proposal import Proposals
from optimizer.interchange.events_file import events_json, load_events
from optimizer.interchange.plan_file import load_plan, save_plan
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.planning import plan_scenario
from tests.unit.replan.test_close import TOMORROW, question
from tests.unit.replan.test_proposals import one_of_each, people, planned
from tests.unit.rules.build import at, job

Output = pytest.CaptureFixture[str]


class Files:
    """A scenario, its plan and what happened."""

    def __init__(self, folder: Path) -> None:
        names = ("today.yaml", "plan.json", "events.json", "ways")
        self.scenario, self.plan, self.events, self.out = (folder / name for name in names)
        of, plan = planned()
        self.scenario.write_text(scenario_yaml(of), encoding="utf-8")
        save_plan(plan_scenario(of, stop=Iterations(300)), self.plan)
        self.away = one_of_each(plan)
        self.lost = {job_id for job_id, who in people(plan).items() if who == self.away}
        self.happened(CallOff(kind="call_off", technician_id=self.away, at=at("07:40")))

    def happened(self, *events: Event) -> None:
        """Write what happened."""
        self.events.write_text(events_json(events), encoding="utf-8")

    def replan(self, *options: str, now: str = "2026-07-15T07:41") -> int:
        """Plan the rest of the day anew."""
        files = (str(self.scenario), str(self.plan), str(self.events))
        return run(["replan", *files, "--now", now, "--iterations", "60", *options])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_each_way_is_shown_and_written_so_that_it_can_be_followed(files: Files, capsys: Output) -> None:
    assert files.replan("--out", str(files.out)) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "to go on" in said
    assert f"To tell ({len(files.lost)})" in said
    assert f"instead of {files.away}" in said
    assert "Doing nothing would owe" in said
    found = Proposals.model_validate_json((files.out / "proposals.json").read_text(encoding="utf-8"))
    for row, one in enumerate(found.proposals, start=1):
        name = f"{row}-{one.name.replace(' ', '-')}"
        question = load_scenario(files.out / f"{name}.scenario.yaml")
        document = load_plan(str(files.out / f"{name}.plan.json"))
        assert document == one.document
        assert check_plan(question, document.plan) == ()


def test_nobody_is_told_anything_of_a_plan_that_nobody_knows(files: Files, capsys: Output) -> None:
    assert files.replan("--no-told", "--json") == ExitCode.FINE
    found = Proposals.model_validate_json(capsys.readouterr().out)
    assert [one.to_tell for one in found.proposals] == [()]


def test_a_new_job_is_told_by_itself(files: Files, capsys: Output) -> None:
    files.happened(NewJob(kind="new_job", job=job(job_id="N1", duration_min=30), at=at("07:40")))
    assert files.replan() == ExitCode.FINE
    said = capsys.readouterr().out
    assert "New (1)" in said
    assert "N1" in said.split("New (1)")[1].splitlines()[1]


def test_what_is_kept_is_kept(files: Files, capsys: Output) -> None:
    kept = f"technician:{','.join(sorted(files.lost))}"
    assert files.replan("--keep", kept, "--keep-until", "2026-07-15T08:00") == ExitCode.FINE
    assert f"Pins that cannot be kept ({len(files.lost)})" in capsys.readouterr().out


def test_everything_wrong_is_said_at_once(files: Files, capsys: Output) -> None:
    assert files.replan("--keep", "wholly:J1", "--keep-until", "soon", now="now") == ExitCode.BAD_INPUT
    said = " ".join(capsys.readouterr().err.split())
    for place in ("now:", "keep[0]:", "keep-until:"):
        assert place in said
    assert "grades: technician, day, time, order, everything" in said


def test_a_mistake_is_said_of_its_place_in_its_file(files: Files, capsys: Output, tmp_path: Path) -> None:
    more = tmp_path / "noon.json"
    late = tuple(CallOff(kind="call_off", technician_id=who, at=at("07:40")) for who in ("T2", "T22"))
    more.write_text(events_json(late), encoding="utf-8")
    names = (str(files.scenario), str(files.plan), str(files.events), str(more))
    assert run(["replan", *names, "--now", "2026-07-15T07:41"]) == ExitCode.BAD_INPUT
    said = " ".join(capsys.readouterr().err.split())
    assert "noon.json events[1].technician_id: There is no technician 'T22'. Did you mean 'T2'?" in said


def test_who_waits_for_a_later_day_is_not_lost(tmp_path: Path) -> None:
    scenario, plan, events = (str(tmp_path / name) for name in ("day.yaml", "plan.json", "events.json"))
    Path(scenario).write_text(scenario_yaml(question()), encoding="utf-8")
    save_plan(plan_scenario(question(), stop=Iterations(60)), plan)
    put_off = Postponed(kind="postponed", job_id="J2", at=at("11:00"), windows=(TOMORROW,))
    Path(events).write_text(events_json((put_off,)), encoding="utf-8")
    out = tmp_path / "out"
    asked = ("--now", "2026-07-15T11:05", "--iterations", "20", "--out", str(out))
    assert run(["replan", scenario, plan, events, *asked]) == ExitCode.FINE
    (waiting,) = load_events(out / "waiting.json")
    assert isinstance(waiting, NewJob)
    assert (waiting.job.job_id, waiting.job.windows) == ("J2", (TOMORROW,))
    (next_question,) = out.glob("1-*.scenario.yaml")
    (next_plan,) = out.glob("1-*.plan.json")
    following = tmp_path / "tomorrow.yaml"
    files = (str(next_question), str(next_plan), str(out / "waiting.json"))
    closing = ("--now", "2026-07-15T21:00", "--out", str(following))
    assert run(["close", *files, *closing]) == ExitCode.FINE
    assert [job.job_id for job in load_scenario(following).jobs] == ["J2"]
