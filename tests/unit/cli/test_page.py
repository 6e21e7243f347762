"""``paigong plan --html``: the page is written whole, in the language asked for, and never over something else."""

from pathlib import Path

import pytest

from optimizer import planning
from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.rules.build import job, north, scenario

Output = pytest.CaptureFixture[str]


@pytest.fixture
def small(tmp_path: Path) -> str:
    """Write a day to a file: one repair near by, and one 900 km away that nobody can reach."""
    path = tmp_path / "small.yaml"
    made = scenario(jobs=[job(), job(job_id="J2", place=north(900))])
    path.write_text(scenario_yaml(made), encoding="utf-8")
    return str(path)


def test_the_page_of_a_plan(small: str, tmp_path: Path, capsys: Output) -> None:
    page = tmp_path / "day.html"
    assert run(["plan", small, "--iterations", "20", "--html", str(page)]) == ExitCode.FINE
    assert f"wrote {page}" in capsys.readouterr().err
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    # The smallest change was looked for: none helps.
    assert "No single change of the kinds tried makes room." in text


def test_the_same_run_writes_the_same_page_in_chinese(small: str, tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        arguments = ["plan", small, "--iterations", "20", "--html", str(page), "--language", "zh"]
        assert run(arguments) == ExitCode.FINE
    assert '<html lang="zh-CN">' in pages[0].read_text(encoding="utf-8")
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_nothing_is_searched_when_the_page_cannot_be_written(
    small: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "plan_with_steps", None)  # calling it would fail
    run_it = ["plan", small, "--iterations", "1", "--html"]
    assert run([*run_it, str(tmp_path / "none" / "day.html")]) == ExitCode.NOT_WRITTEN
    assert "cannot be written" in capsys.readouterr().err
    before = Path(small).read_bytes()
    assert run([*run_it, small]) == ExitCode.BAD_INPUT
    assert "--html" in capsys.readouterr().err
    assert Path(small).read_bytes() == before
    both = str(tmp_path / "both")
    assert run([*run_it, both, "--out", both]) == ExitCode.BAD_INPUT
    assert not Path(both).exists()
