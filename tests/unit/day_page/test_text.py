"""Other people's text: what could steer a page is gone, and what is too long is cut."""

import pytest

from optimizer.day_page.text import fitted, in_stylesheet, shown, width


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\nb\tc", "a b c"),
        ("a\x00b\x1b[31m", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m"),
        ("\u202eabc", "\N{REPLACEMENT CHARACTER}abc"),  # turns the direction of what follows
        ("👩\u200d🔧", "👩\u200d🔧"),  # a woman and a spanner, joined to one picture
        ("王强 · שלום", "王强 · שלום"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),  # half a character cannot be written to a file
    ],
)
def test_text_is_made_harmless(given: str, expected: str) -> None:
    assert shown(given) == expected


def test_chinese_is_as_wide_as_high() -> None:
    assert width("王强", 10) == 20
    assert width("ab", 10) == pytest.approx(11.2)  # 2 letters of 0.56
    assert width("ab", 10, bold=True) == pytest.approx(13.6)  # 2 letters of 0.68


def test_text_is_cut_to_the_room_there_is() -> None:
    # At 10 units, 4 Chinese characters need 40; in 30 two of them and the ellipsis (5.6) fit.
    assert fitted("节庆路口", 40, 10) == "节庆路口"
    assert fitted("节庆路口", 30, 10) == "节庆…"
    assert fitted("节庆路口", 12, 10) == ""


def test_text_in_a_style_sheet_cannot_end_it() -> None:
    assert in_stylesheet('A1"}</style>') == '"A1\\000022\\00007d\\00003c\\00002fstyle\\00003e"'
