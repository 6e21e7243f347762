"""Chinese names of kinds of work and of job types, read as the English ones that a policy knows."""

from collections.abc import Mapping
from typing import Any, Final

from optimizer.domain.policy import DEFAULT_JOB_TYPES
from optimizer.interchange.workbook.cells.quoting import items
from optimizer.words.names import WORK_KIND_NAMES
from optimizer.words.trade_words import JOB_TYPE_WORDS

KINDS: Final[dict[str, str]] = {words["zh"]: kind for kind, words in WORK_KIND_NAMES.items()}
"""Chinese word → kind of work."""

_TYPES: Final[dict[str, str]] = {zh: name for name, zh in JOB_TYPE_WORDS.items()} | KINDS
"""Chinese word → usual name of a job type."""


def plain_skill(skill: str) -> str:
    """Return a skill with its kind of work in English, e.g. ``repair/空调`` for ``维修/空调``; products stay.

    Parameters
    ----------
    skill : the skill as somebody wrote it without quotes
    """
    kind, slash, product = skill.replace("／", "/", 1).partition("/")
    if kind.strip() not in KINDS:
        return skill
    return f"{KINDS[kind.strip()]}{slash}{product.strip()}"


def kinds_read(cell: str) -> dict[str, str]:
    """Return the Chinese kinds of work in a cell of skills, each with what it is read as; those in quotes stay."""
    found: dict[str, str] = {}
    for text, rest in items(cell):
        kind = text.replace("／", "/").replace("：", ":").partition(":")[0].partition("/")[0].strip()
        if not rest and kind in KINDS:
            found[kind] = KINDS[kind]
    return found


def read_types(value: Mapping[str, Any]) -> dict[str, str]:
    """Give jobs of a type with a Chinese name the policy's type that is meant; a type of the policy stays.

    Parameters
    ----------
    value : the content of a scenario file; its jobs are changed

    Returns
    -------
    Chinese word → the type it was read as
    """
    types = value.get("policy", {}).get("job_types", DEFAULT_JOB_TYPES)
    if not isinstance(types, Mapping):  # a cell that could not be read
        return {}
    found: dict[str, str] = {}
    for job in value.get("jobs", ()):
        name = job.get("type")
        if not isinstance(name, str) or name in types:
            continue
        meant = _TYPES.get(name)
        if meant is not None and meant in types:
            found[name] = job["type"] = meant
    return found
