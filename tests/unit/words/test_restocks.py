"""Halts to load parts in words."""

from optimizer.words.restocks import loads_words, restocks_made
from tests.unit.restock_days import document, restock, shift


def test_what_is_loaded_in_both_languages() -> None:
    two = restock(picked_up={"fan motor": 2, "control board": 1})
    assert loads_words(two) == "loads 1 × control board, 2 × fan motor"
    assert loads_words(two, "zh") == "补料 1 × 控制板, 2 × 风扇电机"


def test_halts_are_counted_over_all_days() -> None:
    assert restocks_made(document().plan) == 1
    assert restocks_made(document(None, shift(restocks=())).plan) == 0
