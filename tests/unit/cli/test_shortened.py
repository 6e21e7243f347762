"""Lines that are cut to their column."""

import pytest
from rich.cells import cell_len

from optimizer.cli.show.shortened import shortened


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("12 Furong Road", 14, "12 Furong Road"),
        ("12 Furong Road, by the metro", 24, "12 Furong Road, by the…"),
        # The word ends exactly where the column does.
        ("12 Furong Road, by the metro", 15, "12 Furong Road…"),
        # Cutting at the word's end would cost more than two fifths of the column.
        ("12 Extraordinarily long", 12, "12 Extraord…"),
        # A Chinese character takes two columns: three of them and the ellipsis are seven.
        ("芙蓉中路三段", 7, "芙蓉中…"),
        ("芙蓉中路三段", 8, "芙蓉中…"),
        ("abc", 1, "…"),
    ],
)
def test_a_line_that_fits(text: str, width: int, short: str) -> None:
    assert shortened(text, width) == short
    assert cell_len(short) <= width
