"""Kernels read a record behind its address as they would the record itself."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.schedule.kernel import ROOT, SOURCES, kernel
from optimizer.schedule.reference import by_reference


class Inner(NamedTuple):
    rows: NDArray[np.int32]
    number: int


class Outer(NamedTuple):
    flag: bool
    table: NDArray[np.int64]
    inner: Inner
    nothing: NDArray[np.float64]


@kernel
def _read(record: Outer, row: int, column: int) -> int:
    found = record.table[row, column] * 1000 + record.inner.rows[row] * 10 + record.inner.number
    return found if record.flag and record.nothing.shape[0] == 0 else -1


@kernel
def _write(record: Outer, row: int, value: int) -> None:
    record.inner.rows[row] = value
    for column in range(record.table.shape[1]):
        record.table[row, column] += value


def outer(*, flag: bool = True) -> Outer:
    table = np.arange(12, dtype=np.int64).reshape(3, 4)
    return Outer(flag, table, Inner(np.array([1, 2, 3], np.int32), 7), np.zeros((0, 5)))


def test_fields_are_read() -> None:
    record = outer()
    reference = by_reference(record)
    for row in range(3):
        for column in range(4):
            assert _read(reference, row, column) == (4 * row + column) * 1000 + (row + 1) * 10 + 7
    assert _read(by_reference(outer(flag=False)), 0, 0) == -1


def test_what_a_kernel_writes_is_seen_outside() -> None:
    record = outer()
    _write(by_reference(record), 1, 50)
    assert record.inner.rows.tolist() == [1, 50, 3]
    assert record.table.tolist() == [[0, 1, 2, 3], [54, 55, 56, 57], [8, 9, 10, 11]]


def test_a_reference_keeps_its_record_alive() -> None:
    references = [by_reference(outer()) for _ in range(200)]
    assert {_read(reference, 2, 3) for reference in references} == {11_037}


def test_every_kernel_file_is_under_the_stamp() -> None:
    using = {
        path
        for folder in ("schedule", "engines")
        for path in (ROOT / folder).rglob("*.py")
        if "@kernel" in path.read_text(encoding="utf-8")
    }
    assert using
    assert using <= set(SOURCES)
