"""``paigong replan``: the ways to go on are written as files that the next commands take."""

from pathlib import Path

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.control import Iterations
from optimizer.domain.event import NewJob, Postponed
from optimizer.interchange.events_file import events_json, load_events
from optimizer.interchange.plan_file import save_plan
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.planning import plan_scenario
from tests.unit.replan.test_close import TOMORROW, question
from tests.unit.rules.build import at


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
