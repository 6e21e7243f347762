"""Which dangers a job has, from the site, the tools it needs and the certificates it asks for."""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from optimizer.dispatch_orders.records import SafetyCode, SafetyNote
from optimizer.domain.job import Job
from optimizer.rules.tool import ToolParams


class _Sign(NamedTuple):
    """Words in the names of certificates and tools that tell of a danger."""

    code: SafetyCode
    certificates: tuple[str, ...]
    tools: tuple[str, ...]


# Certificates and tools are the company's own words, so parts of words are looked for.
SIGNS: Final = (
    _Sign("high_voltage", ("high voltage", "高压"), ()),
    _Sign("power_supply", ("electric", "电工"), ()),
    _Sign("fire", ("weld", "braz", "焊"), ("torch", "焊")),
    _Sign("flammable", ("flammable", "可燃", "易燃"), ()),
)
"""Dangers that certificates and tools tell of."""


def safety_notes(
    job: Job, params: ToolParams, *, tools: Collection[str], certificates: Collection[str]
) -> tuple[SafetyNote, ...]:
    """Return the dangers of a job, the deadliest first.

    Parameters
    ----------
    job : the job with its site
    params : parameters of `TOOL`, which has the heights
    tools : tools the job needs
    certificates : certificates the job asks for
    """
    return tuple(_notes(job, params, tools, certificates))


def _notes(
    job: Job, params: ToolParams, tools: Collection[str], certificates: Collection[str]
) -> Iterator[SafetyNote]:
    if job.site.working_height_m > params.belt_above_m:
        yield SafetyNote(code="belt", amount=job.site.working_height_m)
    if job.site.outdoor_unit_floor >= params.rope_from_floor:
        yield SafetyNote(code="rope", amount=job.site.outdoor_unit_floor)
    for sign in SIGNS:
        if _any(sign.certificates, certificates) or _any(sign.tools, tools):
            yield SafetyNote(code=sign.code)


def _any(words: Collection[str], names: Collection[str]) -> bool:
    return any(word in name.casefold() for name in names for word in words)
