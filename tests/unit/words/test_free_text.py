"""Other people's text: what could steer a program is gone, names and emoji stay."""

import pytest

from optimizer.words.free_text import harmless, one_line

MARK = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("王强 · 1 Furong Rd", "王强 · 1 Furong Rd"),
        ("a\x1b[31mb\x9bc\x00", f"a{MARK}[31mb{MARK}c{MARK}"),
        ("a\u202eb\u2066c\u200fd\ufeff", f"a{MARK}b{MARK}c{MARK}d{MARK}"),  # turn the direction of writing
        ("\ud800\uffff", f"{MARK}{MARK}"),  # cannot be written to a file, or into a workbook
        ("a\r\nb\tc\u2028d\u3000e", "a  b c d e"),
        ("👩\u200d🔧", "👩\u200d🔧"),  # a woman and a spanner, joined to one picture
        ("\U000323b0\ue815", "\U000323b0\ue815"),  # a newer character, and one that fonts of a region have
    ],
)
def test_text_is_made_harmless(given: str, expected: str) -> None:
    assert harmless(given) == expected


def test_line_breaks_may_be_kept() -> None:
    assert harmless("a\r\nb\rc\n\x07d\u2028e", keep_lines=True) == f"a\nb\nc\n{MARK}d e"


def test_one_line() -> None:
    assert one_line(" a\r\n\t b\u3000c\x07 ") == f"a b c{MARK}"


def test_a_long_text_is_cut_off() -> None:
    # Four signs: three letters and the ellipsis.
    assert [one_line(text, 4) for text in ("abcd", "abcde")] == ["abcd", "abc…"]
