"""Reads a study that was sent, with its base, and shows what it found; both are done in the studio."""

from typing import Final, NamedTuple

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.errors import InvalidInput, Issue
from optimizer.words.language import Language
from service.door.problem import Problem
from service.door.problem_kinds import UNSUPPORTED_MEDIA
from service.scenarios.reading import YAML
from service.scenarios.upload import Written, written
from service.studio import Shelf

KINDS: Final = ("application/json", *YAML)
"""Every Content-Type a study may have."""


class Prepared(NamedTuple):
    """A study that can be made, as it is stored."""

    name: str
    """What it is called."""
    body: bytes
    """What it says."""
    base: Written | None
    """Its base, where that is not stored yet."""


def expect_study(content_type: str) -> None:
    """Refuse what is said to be no study.

    Parameters
    ----------
    content_type : the header Content-Type

    Raises
    ------
    Problem
        It is none of `KINDS`.
    """
    if content_type.partition(";")[0].strip().lower() not in KINDS:
        raise Problem(UNSUPPORTED_MEDIA, f"A study is sent as one of: {', '.join(KINDS)}.")


def prepared(_shelf: Shelf, text: str, stored: bytes | None, most_days: int) -> Prepared:
    """Return a study that was sent, looked at together with its base.

    Parameters
    ----------
    text : the document, JSON or YAML
    stored : the scenario it starts from, as it is stored; none: the one that comes with the program or is made up, as
        the study says
    most_days : so many days may be simulated

    Raises
    ------
    InvalidInput
        The study breaks its format, does not go with its base, or asks for too much; carries every mistake found.
    """
    # Imported here: what studies need takes a while to load.
    from optimizer.interchange.scenario_file import parse_scenario
    from optimizer.interchange.study_file import parse_study, study_json

    known = None if stored is None else parse_scenario(stored.decode(), json=True)
    study, base = parse_study(text, instead=known)
    days = _days(study, base)
    if days > most_days:
        raise InvalidInput((_too_long(days, most_days),))
    return Prepared(study.name, study_json(study).encode(), None if known is not None else written(base))


def page(_shelf: Shelf, result: bytes, language: Language) -> bytes:
    """Return what a study answers as one page.

    Parameters
    ----------
    result : the answers, as they are stored
    language : English or Chinese
    """
    from optimizer.study_page import study_page

    return study_page(StudyResult.model_validate_json(result), language=language).encode()


def _days(study: Study, base: Scenario) -> int:
    """Return how many days a study may simulate in all."""
    from optimizer.whatif.assigned import assigned
    from optimizer.whatif.candidates import candidates
    from optimizer.whatif.conduct import most_needed

    ranked = len(candidates(study, assigned(study, base).base).ranked)
    return most_needed(study, ranked) * (study.warm_up_days + study.days)


def _too_long(days: int, most_days: int) -> Issue:
    cause = f"The study may simulate {days:,} days in all its chains and variants; {most_days:,} are allowed here."
    action = "Lower chains.most or days, or ask for fewer variants and questions."
    return Issue("too-many-days", "chains.most", cause, action)
