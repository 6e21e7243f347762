"""The languages in which people read plans."""

from typing import Final, Literal, TypedDict

Language = Literal["en", "zh"]
"""English or Chinese."""

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
"""All languages."""


class Words(TypedDict):
    """One thing in every language."""

    en: str
    zh: str
