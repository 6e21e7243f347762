"""Figures with intervals on one scale."""

import pytest

from optimizer.study_page.forest import WIDTH, Line, forest, round_values


def plain(value: float) -> str:
    return f"{value:g}"


@pytest.mark.parametrize(
    ("least", "most", "values"),
    [
        (0, 1, (0, 0.5, 1)),
        (-0.93, 0.5, (-0.5, 0, 0.5)),
        (0.81, 0.97, (0.85, 0.9, 0.95)),
        (-11_000, 7_500, (-10_000, -5_000, 0, 5_000)),
        (1e-7, 4.1e-7, (1e-7, 2e-7, 3e-7, 4e-7)),
    ],
)
def test_a_scale_has_a_few_round_values(least: float, most: float, values: tuple[float, ...]) -> None:
    assert round_values(least, most) == pytest.approx(values, abs=1e-15)


def test_all_of_every_row_is_on_the_drawing() -> None:
    lines = [
        Line("a", "", "", at=3, low=1, high=9),
        Line("b", "", "", dots=(-2.0, 5.0), box=(-1, 0, 4)),
        Line("c", "–", ""),
    ]
    found = forest("t", lines, tick_words=plain, marks=[12])
    places = [*found.marks, *(tick.at for tick in found.ticks)]
    for row in found.rows:
        places += [one for one in (row.at, row.low, row.high, *row.dots, *(row.box or ())) if one is not None]
    assert all(0 <= place <= WIDTH for place in places)
    assert found.rows[2].at is None


def test_the_scale_is_even() -> None:
    found = forest("t", [Line("a", "", "", at=0, low=-10, high=10)], tick_words=plain, marks=[0])
    row = found.rows[0]
    assert row.at == pytest.approx(WIDTH / 2)
    assert found.marks == (row.at,)
    assert row.low is not None
    assert row.high is not None
    assert row.low + row.high == pytest.approx(WIDTH)
    by_words = {tick.words: tick.at for tick in found.ticks}
    assert by_words["0"] == pytest.approx(row.at)
    assert by_words["10"] == pytest.approx(row.high)


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0])
def test_where_all_is_one_value_there_is_a_scale_still(value: float) -> None:
    found = forest("t", [Line("a", "", "", at=value, low=value, high=value)], tick_words=plain)
    assert found.rows[0].at == pytest.approx(WIDTH / 2)
    assert found.ticks


def test_without_rows_there_is_nothing_to_draw() -> None:
    assert forest("t", [], tick_words=plain).rows == ()
