"""``paigong whatif``: the table, the files, going on after an interrupt or a kill, and what is refused."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.study_result import StudyResult
from tests.unit.service.cli.study_command import run, written
from tests.unit.service.executor.processes import environ, wait_for_end
from tests.unit.whatif.stand_in import Model

Output = pytest.CaptureFixture[str]
PATIENCE_S = 60.0
ALL: Final[dict[str, Any]] = {"least": 3, "most": 5, "half_width": 1e-9}
"""All 15 samples are made."""
WRITTEN: Final = ("in-use", "made-of.json", "report.html", "result.json", "samples.csv", "samples.jsonl")
QUESTIONS: Final[dict[str, Any]] = {
    "questions": {
        "smallest_staff": {"like": "T1", "fewest": 0, "most": 6},
        "value_of_one_more": {"kinds": ["technician", "skill"]},
    }
}


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def samples(folder: Path) -> int:
    file = folder / "samples.jsonl"
    return file.read_bytes().count(b"\n") if file.exists() else 0


def test_the_base_and_the_differences_are_told_and_written(tmp_path: Path, capsys: Output) -> None:
    asked = written(tmp_path, **ALL)
    assert run([*asked, "--out", str(tmp_path / "out")]) == ExitCode.FINE
    said = capsys.readouterr()
    told = said.out.splitlines()
    assert told[0] == "a second repairer"
    rows = [line for line in told if line.startswith(("base ", "one more ", "as it is "))]
    base, one_more, as_it_is = rows[:3]
    assert base.split()[0] == "base"
    assert "+20.6 points" in one_more
    assert as_it_is.endswith("0.0 points  0.0 to 0.0")
    assert "as there may be" in said.out
    assert sorted(files(tmp_path / "out")) == [*WRITTEN]
    assert samples(tmp_path / "out") == 15
    assert f"wrote {tmp_path / 'out' / 'samples.csv'}" in said.err


def test_without_a_folder_nothing_is_kept(tmp_path: Path, capsys: Output) -> None:
    asked = written(tmp_path, least=2, most=9, half_width=1)
    before = files(tmp_path)
    assert run([*asked, "--lang", "zh"]) == ExitCode.FINE
    assert "模拟 2 组" in capsys.readouterr().out
    assert files(tmp_path) == before


def test_more_chains_take_the_samples_that_are_there(tmp_path: Path, capsys: Output) -> None:
    out = ["--out", str(tmp_path / "out")]
    assert run([*written(tmp_path, least=2, most=3, half_width=1e-9), *out]) == ExitCode.FINE
    assert run([*written(tmp_path, **ALL), *out]) == ExitCode.FINE
    assert f"9 samples are in {tmp_path / 'out'} already." in capsys.readouterr().err
    assert run([*written(tmp_path, **ALL), "--out", str(tmp_path / "at once")]) == ExitCode.FINE
    results = [files(tmp_path / name) for name in ("out", "at once")]
    assert results[0] == results[1]


def test_questions_are_answered_and_their_samples_kept_like_the_others(
    tmp_path: Path, capsys: Output
) -> None:
    asked, out = written(tmp_path, **ALL, **QUESTIONS), tmp_path / "out"
    assert run([*asked, "--out", str(out)]) == ExitCode.FINE
    said = " ".join(capsys.readouterr().out.split())
    assert "The fewest people that were found to meet all targets are" in said
    assert "on chains kept back for it, the targets are met." in said
    result = StudyResult.model_validate_json((out / "result.json").read_bytes())
    assert result.smallest_staff is not None
    assert result.smallest_staff.more is not None
    assert result.value_of_one_more is not None
    assert 'id="staff"' in (out / "report.html").read_text(encoding="utf-8")
    rows = (out / "samples.csv").read_text(encoding="utf-8")
    assert "\nstaff +" in rows
    assert '\n"one more technician: T1, B1",5,' in rows  # kept back: from chains.most on
    before = files(out)
    kept = (out / "samples.jsonl").read_bytes().splitlines(keepends=True)
    (out / "samples.jsonl").write_bytes(b"".join(kept[:20]))  # as after a kill
    assert run([*asked, "--out", str(out)]) == ExitCode.FINE
    assert "20 samples are in" in " ".join(capsys.readouterr().err.split())
    assert files(out) == before


def begun(arguments: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.unit.service.cli.study_command", *arguments]
    return subprocess.Popen(command, env=environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_until(true: Callable[[], bool]) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def test_killed_in_the_middle_and_begun_again_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    asked, out = written(tmp_path, Model(sleep_s=0.2), **ALL), tmp_path / "out"
    program = begun([*asked, "--out", str(out)])
    wait_until(lambda: samples(out) >= 3)
    program.kill()
    program.communicate()
    assert program.returncode == -signal.SIGKILL
    assert 3 <= samples(out) < 15
    with (out / "samples.jsonl").open("ab") as file:  # the kill came in the middle of a line
        file.write(b'{"key": "12')
    assert run([*asked, "--out", str(out)]) == ExitCode.FINE
    assert run([*asked, "--out", str(tmp_path / "at once")]) == ExitCode.FINE
    assert files(out) == files(tmp_path / "at once")


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    asked, out = written(tmp_path, Model(sleep_s=1.0), **ALL), tmp_path / "out"
    program = begun([*asked, "--out", str(out)])
    wait_until(lambda: samples(out) >= 2)
    program.send_signal(signal.SIGINT)
    printed, said = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == ExitCode.INTERRUPTED
    assert printed == b""
    kept = samples(out)
    assert 2 <= kept < 15
    assert f"{kept} samples are kept in {out}; the same command goes on from there." in said.decode()
    assert b"Traceback" not in said
    assert run([*asked, "--out", str(out)]) == ExitCode.FINE


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_the_workers_end_with_the_command_that_is_killed(tmp_path: Path) -> None:
    program = begun([*written(tmp_path, Model(sleep_s=600), **ALL), "--out", str(tmp_path / "out")])
    wait_until(lambda: len(children(program.pid)) >= 2)
    workers = children(program.pid)
    program.kill()
    program.communicate()
    wait_for_end(workers)


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    everybody = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    return [one for one in everybody if _parent(one) == pid]


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return None


def test_a_worker_that_dies_twice_at_a_sample_ends_the_study_clearly(tmp_path: Path, capsys: Output) -> None:
    left = tmp_path / "left"
    left.write_text("1")
    asked = [*written(tmp_path, Model(deadly=str(left)), **ALL), "--out", str(tmp_path / "out")]
    assert run(asked) == ExitCode.FINE  # once is made good
    assert samples(tmp_path / "out") == 15
    left.write_text("1000")
    assert run([*asked, "--fresh"]) == ExitCode.UNSUPPORTED
    said = capsys.readouterr().err
    lost = r"No sample could be made of chain 1 of '[^']+': twice its process was killed by signal 9"
    assert re.search(lost, said)  # whichever variant's chain was lost twice first
    assert f"samples are kept in {tmp_path / 'out'}; the same command goes on from there." in said
    assert samples(tmp_path / "out") >= 3


def test_an_error_of_a_sample_is_the_command_s(tmp_path: Path, capsys: Output) -> None:
    assert run(written(tmp_path, Model(wrong="library"), **ALL)) == ExitCode.UNSUPPORTED
    assert "There is no road." in capsys.readouterr().err


def test_another_study_is_refused_until_it_is_to_begin_afresh(tmp_path: Path, capsys: Output) -> None:
    out = ["--out", str(tmp_path / "out")]
    assert run([*written(tmp_path, **ALL), *out]) == ExitCode.FINE
    before = files(tmp_path / "out")
    other = [*written(tmp_path, seed=3, **ALL), *out]
    assert run(other) == ExitCode.BAD_INPUT
    assert "what differs: the seed." in " ".join(capsys.readouterr().err.split())
    assert files(tmp_path / "out") == before
    assert run([*other, "--fresh"]) == ExitCode.FINE
    assert files(tmp_path / "out") != before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tcp://nowhere:1"], "leave out --workers or --scheduler"),
        (["--fresh"], "Without --out no samples are kept"),
        (["--workers", "0"], "greater than or equal to 1"),
    ],
)
def test_options_that_do_not_go_together(
    tmp_path: Path, capsys: Output, options: list[str], said: str
) -> None:
    assert run([*written(tmp_path), *options]) == ExitCode.BAD_INPUT
    assert said in " ".join(capsys.readouterr().err.replace("│", " ").split())
