"""Marks: white letters can be read on every colour, and 28 technicians look different without their letters."""

import pytest

from optimizer.day_page.marks import COLOURS, DASHES, mark


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_count_on(number: int, letters: str) -> None:
    assert mark(number).letters == letters


def test_colour_and_dashes_tell_28_technicians_apart() -> None:
    looks = {(mark(number).colour, mark(number).dash) for number in range(28)}
    assert len(looks) == 28 == len(COLOURS) * len(DASHES)


@pytest.mark.parametrize("colour", COLOURS)
def test_white_letters_can_be_read(colour: str) -> None:
    # Contrast of WCAG 2.2: (1 + 0.05) ÷ (luminance + 0.05), at least 4.5 for small letters.
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5
