"""The folder of a study: samples are found again, never those of something else, and end in the same bytes."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from optimizer.domain.study import Study
from optimizer.errors import InvalidInput, NotWritten
from optimizer.interchange.study_folder import HEAD, SAMPLES, TABLE, study_folder
from optimizer.whatif.executor import SampleTask
from optimizer.whatif.making import SampleMaker
from optimizer.whatif.sample_key import THE_BASE
from tests.unit.interchange.documents import question
from tests.unit.whatif.stand_in import AS_IT_IS, ONE_MORE, Model, assignment, day, sample, study

TASKS = [SampleTask(variant, chain) for chain in range(3) for variant in (THE_BASE, ONE_MORE)]


def make(folder: Path, tasks: Iterable[SampleTask], asked: Study | None = None) -> None:
    """Make samples that are not there."""
    asked = asked or study()
    maker = SampleMaker(assignment(asked))
    with study_folder(folder, asked, question(), Model()) as opened:
        for task in tasks:
            if not opened.samples.has(task):
                opened.samples.keep(task, maker.made(task))


def there(folder: Path, tasks: Sequence[SampleTask] = TASKS, asked: Study | None = None) -> list[bool]:
    with study_folder(folder, asked or study(), question(), Model()) as opened:
        return [opened.samples.has(task) for task in tasks]


def finish(folder: Path) -> tuple[bytes, bytes]:
    with study_folder(folder, study(), question(), Model()) as opened:
        files = opened.finish(TASKS)
    samples, table = (file.read_bytes() for file in files)
    return samples, table


def test_samples_are_found_again(tmp_path: Path) -> None:
    make(tmp_path / "out", TASKS[:4])
    with study_folder(tmp_path / "out", study(), question(), Model()) as opened:
        assert opened.found == 4
        assert [opened.samples.has(task) for task in TASKS] == [True] * 4 + [False] * 2
        maker = SampleMaker(assignment(study()))
        assert all(opened.samples.sample(task) == maker.made(task) for task in TASKS[:4])


def test_the_same_samples_give_the_same_bytes_in_whatever_order_they_came(tmp_path: Path) -> None:
    make(tmp_path / "a", TASKS)
    make(tmp_path / "b", TASKS[3:])
    make(tmp_path / "b", reversed(TASKS))
    assert (tmp_path / "a" / SAMPLES).read_bytes() != (tmp_path / "b" / SAMPLES).read_bytes()
    assert finish(tmp_path / "a") == finish(tmp_path / "b")
    assert finish(tmp_path / "a") == finish(tmp_path / "a")
    assert there(tmp_path / "a") == [True] * 6


@pytest.mark.parametrize("cut", [1, 2, 100])
def test_a_line_that_was_cut_off_is_made_again(tmp_path: Path, cut: int) -> None:
    make(tmp_path / "whole", TASKS)
    make(tmp_path / "out", TASKS[:4])
    file = tmp_path / "out" / SAMPLES
    file.write_bytes(file.read_bytes()[:-cut])
    assert there(tmp_path / "out") == [True] * 3 + [False] * 3
    make(tmp_path / "out", TASKS)
    assert there(tmp_path / "out") == [True] * 6
    assert finish(tmp_path / "out") == finish(tmp_path / "whole")


def test_a_spoilt_line_is_made_again(tmp_path: Path) -> None:
    make(tmp_path / "out", TASKS)
    lines = (tmp_path / "out" / SAMPLES).read_bytes().splitlines(keepends=True)
    (tmp_path / "out" / SAMPLES).write_bytes(
        b"".join([lines[0], lines[1][:50] + b"\n", b"\xff\n", *lines[2:]])
    )
    assert there(tmp_path / "out") == [True, False, True, True, True, True]


def test_a_changed_variant_and_a_changed_chain_take_no_old_sample(tmp_path: Path) -> None:
    make(tmp_path / "out", TASKS)
    other = ONE_MORE.model_copy(update={"changes": (*ONE_MORE.changes, *ONE_MORE.changes)})
    asked = study(most=60, variants=(other, AS_IT_IS), name="another")
    tasks = [SampleTask(THE_BASE, 0), SampleTask(other, 0), SampleTask(AS_IT_IS, 0)]
    assert there(tmp_path / "out", tasks, asked) == [True, False, False]


def test_a_folder_of_another_study_is_refused_or_begun_anew(tmp_path: Path) -> None:
    make(tmp_path / "out", TASKS)
    asked = study(seed=7, days=3, name="another")
    with (
        pytest.raises(InvalidInput) as refused,
        study_folder(tmp_path / "out", asked, question(), Model(sleep_s=1)),
    ):
        pass
    (issue,) = refused.value.issues
    assert (issue.code, issue.path) == ("other-study", "--out")
    assert "of the study 'a second repairer'" in issue.cause
    assert issue.cause.endswith("what differs: the demand, the number of days, the seed.")
    assert "--fresh" in issue.action
    assert there(tmp_path / "out") == [True] * 6  # untouched
    with study_folder(tmp_path / "out", asked, question(), Model(), fresh=True) as opened:
        assert opened.found == 0
    assert there(tmp_path / "out", TASKS, asked) == [False] * 6


@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path, fresh: bool) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    for place in (tmp_path, tmp_path / "letter.txt"):
        with (
            pytest.raises(InvalidInput) as refused,
            study_folder(place, study(), question(), Model(), fresh=fresh),
        ):
            pass
        assert refused.value.issues[0].code == "folder-not-ours"
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_two_at_a_time_are_refused(tmp_path: Path) -> None:
    with (
        study_folder(tmp_path / "out", study(), question(), Model()),
        pytest.raises(InvalidInput) as refused,
        study_folder(tmp_path / "out", study(), question(), Model()),
    ):
        pass
    assert refused.value.issues[0].code == "folder-in-use"
    assert there(tmp_path / "out") == [False] * 6  # afterwards it is free


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(NotWritten, match="cannot be written"),
        study_folder(tmp_path / "no" / "out", study(), question(), Model()),
    ):
        pass


def test_the_table_has_a_row_for_each_day(tmp_path: Path) -> None:
    odd = ONE_MORE.model_copy(update={"name": "=1+1"})
    task = SampleTask(odd, 4)
    days = [day(done=3, kept=2, missed=1, bill_cents={"service": 50}), day(1)]
    with study_folder(tmp_path / "out", study(), question(), Model()) as opened:
        opened.samples.keep(task, sample("=1+1", 4, days))
        opened.finish([task])
    text = (tmp_path / "out" / TABLE).read_text(encoding="utf-8-sig")
    head, first, second = (line.split(",") for line in text.splitlines())
    row = dict(zip(head, first, strict=True))
    assert [row[name] for name in ("variant", "chain", "people", "day", "done")] == [
        "'=1+1",
        "4",
        "1",
        "2026-01-01",
        "3",
    ]
    clocks = ("service_clocks_kept", "service_clocks_missed", "desk_clocks_kept")
    assert [row[name] for name in clocks] == ["2", "1", "0"]
    assert [row[name] for name in ("ARRIVE_kept", "ARRIVE_missed")] == ["2", "1"]
    assert [row[name] for name in ("bill_service_cents", "bill_outlay_cents")] == ["50", "0"]
    assert second[3] == "2026-01-02"
    assert (tmp_path / "out" / HEAD).exists()
