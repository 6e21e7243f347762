"""The kinds of words that records take."""

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from optimizer.domain.base import Id

IDS: TypeAdapter[str] = TypeAdapter(Id)


@pytest.mark.parametrize("word", ["J1", "a", "工单 7", "a b", "x" * 80])
def test_ids_that_are_taken(word: str) -> None:
    assert IDS.validate_python(word) == word


@pytest.mark.parametrize(
    "edge", [" ", "\t", "\n", "\r", "\x00", "\x85", "\xa0", "\u2028", "\u3000", "\ufeff"]
)
def test_no_space_at_either_end_whatever_standard_counts_it_as_one(edge: str) -> None:
    # \x85 is a space for Unicode but not for JSON Schema, \ufeff the other way round.
    pattern = re.compile(IDS.json_schema()["pattern"])
    for word in (f"{edge}J1", f"J1{edge}", edge):
        assert not pattern.fullmatch(word)
        with pytest.raises(ValidationError):
            IDS.validate_python(word)
