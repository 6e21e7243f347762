"""Text comes back to the letter, whatever is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.interchange.workbook.cells.quoting import items, quoted, quoted_item, unquoted

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    "text", ["plain", '"quoted"', 'a "b" c', "第一行\n第二行", "=1+1", "C:\\new", '"\\u0041"']
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert quoted(text) == text
    assert unquoted(text) == text


@pytest.mark.parametrize("text", ["bell \x07", "a\rb", "_x0041_", '"\\u0007"', "\ufeffx", "\x00"])
def test_other_text_stands_in_quotes(text: str) -> None:
    cell = quoted(text)
    assert cell != text
    assert all(" " <= mark <= "~" for mark in cell)
    assert unquoted(cell) == text


@given(TEXT, st.booleans())
def test_every_text_comes_back(text: str, outer_spaces: bool) -> None:
    assert unquoted(quoted(text, outer_spaces=outer_spaces), outer_spaces=outer_spaces) == text


@given(st.lists(TEXT, max_size=4))
def test_every_list_comes_back(names: list[str]) -> None:
    cell = "; ".join(quoted_item(name) for name in names)
    assert [text for text, _ in items(cell)] == names
