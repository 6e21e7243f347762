"""Questions about a plan as people ask them: about a job, about a technician, about all that is left out."""

from collections.abc import Iterator

from optimizer.domain.answers import Answer
from optimizer.domain.roster import ShiftKey
from optimizer.explain.explainer import Explainer
from optimizer.explain.idle import fitting_words, idle_reasons
from optimizer.explain.said import said_job, said_left_out, said_technician, said_why_not
from optimizer.words.idle import idle_words
from optimizer.words.left_out import kinds_tried, none_helps
from optimizer.words.numbers import count

MOST_CHANGES = 100
"""With more jobs left out, the smallest change is looked for only when one is asked for."""


def about_job(explainer: Explainer, job_id: str, *, instead: str | None = None) -> Iterator[Answer]:
    """Yield why a job is left out, late, or where it is; or what it would mean to let somebody else do it.

    Parameters
    ----------
    job_id : a job of the scenario
    instead : a technician of the scenario who should do it; none: not asked
    """
    if instead is not None:
        yield said_why_not(explainer.why_not(job_id, instead))
    else:
        yield from said_job(explainer, job_id)


def about_technician(explainer: Explainer, technician_id: str) -> Iterator[Answer]:
    """Yield why a technician's days are as long as they are, and why some have no stop.

    Parameters
    ----------
    technician_id : a technician of the scenario
    """
    if any(day.technician_id == technician_id for day in explainer.plan.shifts):
        yield from said_technician(explainer, technician_id)
    yield from _idle_days(explainer, technician_id)


def about_unserved(explainer: Explainer) -> Iterator[Answer]:
    """Yield why jobs are left out and the smallest change for each; of very many only the reasons."""
    left = explainer.plan.unserved
    if not left:
        yield Answer(about="unserved", sentences=("Every job is served.",))
    for reason in explainer.reasons if len(left) > MOST_CHANGES else ():
        said = (f"{reason.job_id}: {reason.sentence}",)
        yield Answer(about="unserved", sentences=said, job_id=reason.job_id, reason=reason)
    if len(left) > MOST_CHANGES:
        many = count(len(left), "job is", plural="jobs are")
        ask = f"{many} left out: ask about one of them for the smallest change that serves it."
        yield Answer(about="unserved", sentences=(ask,))
        return
    helpless = tied = False
    for job_id in left:
        found = explainer.left_out(job_id)
        answer = said_left_out(found, short=True)
        if found.answer.fix is None:  # the kinds of changes are the same for every job: said once, at the end
            helpless, tied = True, tied or found.answer.tied
            none = f"  {none_helps(found.answer, job='it', kinds=False)}"
            answer = answer.model_copy(update={"sentences": (*answer.sentences[:-1], none)})
        yield answer
    if helpless:
        yield Answer(about="unserved", sentences=(kinds_tried(tied=tied),))


def _idle_days(explainer: Explainer, technician_id: str) -> Iterator[Answer]:
    """Yield why a technician has no stop on some days."""
    compiled = explainer.subject.compiled
    for idle in idle_reasons(compiled.scenario, explainer.plan):
        if idle.technician_id != technician_id:
            continue
        lines = [idle_words(idle)]
        if idle.day is not None and not idle.codes:
            lines.append(f"  {fitting_words(compiled, ShiftKey(technician_id, idle.day))}")
        yield Answer(about="day", sentences=tuple(lines), technician_id=technician_id, idle=idle)
