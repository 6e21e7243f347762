"""Commands on plans with nights away, alone and as a crew: checked, timed again, explained, compared."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.scenario import Scenario
from optimizer.domain.trips import trips
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.lodging_days import question

Output = pytest.CaptureFixture[str]


def words(said: str) -> str:
    """Return what was said, however the lines are broken."""
    return " ".join(said.split())


def for_two() -> Scenario:
    """Return the question with one of the far jobs for two people, one after the other job, and a mate for it."""
    asked = question()
    first, second, third = asked.technicians
    mate = second.model_copy(update={"skills": {**second.skills, **first.skills}})
    jobs = [
        job.model_copy(update={"seats": 2 if job.job_id == "HH-1" else None})
        for job in asked.jobs
        if not job.job_id.startswith("YY")
    ]
    matrix = asked.travel.matrices["car"]
    kept = [row for row, name in enumerate(matrix.places) if not name.startswith("job:YY")]
    smaller = matrix.model_copy(
        update={
            "places": tuple(matrix.places[row] for row in kept),
            "seconds": tuple(tuple(matrix.seconds[row][column] for column in kept) for row in kept),
            "metres": tuple(tuple(matrix.metres[row][column] for column in kept) for row in kept),
        }
    )
    travel = asked.travel.model_copy(update={"matrices": {"car": smaller}})
    return asked.model_copy(
        update={"technicians": (first, mate, third), "jobs": tuple(jobs), "travel": travel}
    )


@pytest.fixture(params=[question, for_two], ids=["alone", "for two"])
def files(request: pytest.FixtureRequest, tmp_path: Path, capsys: Output) -> tuple[str, str]:
    """Write a scenario and its plan, which has trips."""
    asked, plan = tmp_path / "asked.yaml", tmp_path / "plan.json"
    asked.write_text(scenario_yaml(request.param()), encoding="utf-8")
    assert run(["plan", str(asked), "--iterations", "1000", "--out", str(plan)]) == ExitCode.FINE
    capsys.readouterr()
    assert trips(load_plan(plan).plan)
    return str(asked), str(plan)


def test_the_plan_is_checked_and_timed_again_the_same(
    files: tuple[str, str], tmp_path: Path, capsys: Output
) -> None:
    assert run(["check", *files]) == ExitCode.FINE
    assert "every hard rule is kept" in capsys.readouterr().out
    again = tmp_path / "again.json"
    assert run(["check", *files, "--retime", "--out", str(again)]) == ExitCode.FINE
    old, new = load_plan(files[1]), load_plan(again)
    assert new.plan.shifts == old.plan.shifts
    assert new.assessment == old.assessment
    assert run(["diff", files[1], str(again)]) == ExitCode.FINE


def test_every_question_about_it_is_answered(files: tuple[str, str], capsys: Output) -> None:
    jobs = [job_id for job_id in ("HH-1", "HH-2", "XT-1") if job_id in Path(files[0]).read_text("utf-8")]
    asked = [
        [],
        ["--unserved"],
        *(["--technician", who] for who in ("zhou-wei", "li-na", "sun-hao")),
        *(["--job", job] for job in jobs),
        *(["--job", job, "--why-not", who] for job in jobs for who in ("zhou-wei", "li-na", "sun-hao")),
    ]
    for options in asked:
        assert run(["explain", *files, *options]) == ExitCode.FINE, options
        assert capsys.readouterr().out.strip(), options


def test_orders_for_nights_that_nobody_approved_are_refused(
    files: tuple[str, str], tmp_path: Path, capsys: Output
) -> None:
    orders = tmp_path / "orders.yaml"
    orders.write_text(
        "format: paigong-orders-1\nroutes:\n"
        "  - {technician_id: zhou-wei, day: 2026-07-15, jobs: [HH-2], away: true, means: motorcycle}\n"
        "  - {technician_id: sun-hao, day: 2026-07-16, jobs: [XT-2], away: true}\n",
        encoding="utf-8",
    )
    assert run(["check", files[0], str(orders), "--retime"]) == ExitCode.BAD_INPUT
    said = words(capsys.readouterr().err)
    assert "routes[0].means (line 3): zhou-wei may not go by motorcycle; granted are: car." in said
    assert "routes[1].away (line 4): sun-hao has no shift on 2026-07-17, the day after a night away." in said


def test_a_plan_with_a_night_that_is_not_approved_any_more(
    tmp_path: Path, files: tuple[str, str], capsys: Output
) -> None:
    asked, known = tmp_path / "home.yaml", load_scenario(files[0])
    people = tuple(one.model_copy(update={"nights_away": 0}) for one in known.technicians)
    asked.write_text(scenario_yaml(known.model_copy(update={"technicians": people})), encoding="utf-8")
    assert run(["check", str(asked), files[1], "--retime"]) == ExitCode.BAD_INPUT
    said = words(capsys.readouterr().err)
    assert "plan.shifts[" in said
    assert "].night (line " in said
    assert "1 night away in a row; 0 nights are approved" in said


def test_nights_are_compared(files: tuple[str, str], tmp_path: Path, capsys: Output) -> None:
    content = json.loads(Path(files[1]).read_text("utf-8"))
    away = [one for one in content["plan"]["shifts"] if one.get("night")]
    who, on = away[0]["technician_id"], away[0]["day"]
    days = [one for one in content["plan"]["shifts"] if one["technician_id"] == who]
    orders, home = tmp_path / "home.yaml", tmp_path / "home.json"
    routes = ""
    for one in days:
        jobs = ", ".join(stop["job_id"] for stop in one["stops"])
        routes += f"  - {{technician_id: {who}, day: {one['day']}, jobs: [{jobs}]}}\n"
    orders.write_text(f"format: paigong-orders-1\nroutes:\n{routes}", encoding="utf-8")
    run(["check", files[0], str(orders), "--retime", "--out", str(home)])
    capsys.readouterr()
    assert run(["diff", files[1], str(home)]) in (ExitCode.FINE, ExitCode.BREACHES)
    said = words(capsys.readouterr().out)
    assert f"{who} on {on}: is back in the evening now; it was a night away near " in said
