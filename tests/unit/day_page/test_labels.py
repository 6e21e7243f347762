"""The labels: the same keys and the same blanks in both languages, and no English in the Chinese ones."""

import re
from string import Formatter

from optimizer.day_page.labels import LABELS


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_labels() -> None:
    assert LABELS["en"].keys() == LABELS["zh"].keys()


def test_a_label_has_the_same_blanks_in_both_languages() -> None:
    different = [key for key, text in LABELS["en"].items() if _blanks(text) != _blanks(LABELS["zh"][key])]
    assert different == []


def test_chinese_labels_are_chinese() -> None:
    # Latin letters stand in a Chinese label only as a blank, as the letter of a mark, or on a key of the keyboard.
    bare = {key: re.sub(r"\{\w+\}|\bEsc\b|\bA\b", "", text) for key, text in LABELS["zh"].items()}
    english = [key for key, text in bare.items() if re.search("[A-Za-z]", text) and key != "html_lang"]
    assert english == []
