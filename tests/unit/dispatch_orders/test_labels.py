"""The fixed words of the sheets, in both languages."""

import string

import pytest

from optimizer.dispatch_orders.labels import LABELS, label


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


@pytest.mark.parametrize("key", LABELS)
def test_every_label_says_the_same_in_both_languages(key: str) -> None:
    both = LABELS[key]
    assert set(both) == {"en", "zh"}
    assert holes(both["en"]) == holes(both["zh"])
    assert not chinese(both["en"])
    # What consists of filled-in words alone has no word of either language.
    assert chinese(both["zh"]) or key in ("pieces", "pieces_mixed", "for_jobs", "from", "to")


def test_braces_in_somebodys_text_stay_braces() -> None:
    assert label("pieces", "en", part="{n} {0}", n=2) == "{n} {0} × 2"
