"""What is worked out about plans in the studio; each process keeps the plans it was asked about last."""

from typing import TYPE_CHECKING, NamedTuple

from optimizer.assess import assess
from optimizer.diff import diff_plans
from optimizer.diff.assessments import differences
from optimizer.domain.answers import Answer, Explanation
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.orders import Orders
from optimizer.domain.preview import Move
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_file import parse_scenario, with_preset
from optimizer.settings import Settings
from optimizer.travel import Roads
from optimizer.travel.roads.of_settings import roads_of
from service.plans.records import PlanCheck
from service.studio import Shelf

if TYPE_CHECKING:
    from service.plans.warm import Warm


class Texts(NamedTuple):
    """A plan and its question as they are stored."""

    scenario: bytes
    """The revision it answers."""
    plan: bytes
    """The plan document."""


class Read(NamedTuple):
    """A plan and its question as records."""

    scenario: Scenario
    """The question, under the plan's preset."""
    document: PlanDocument
    """The plan."""


def read(texts: Texts) -> Read:
    """Return a stored plan and its question as records."""
    document = PlanDocument.model_validate_json(texts.plan)
    scenario = parse_scenario(texts.scenario.decode(), json=True)
    return Read(with_preset(scenario, document.plan.preset), document)


def _warm(shelf: Shelf, plan_id: str, texts: Texts | None) -> "Warm | None":
    """Return a plan that is kept, or is kept from now on; none: it must be sent along."""
    # Imported here: the service's own process does without the search.
    from service.plans.warm import Warm

    warm: Warm | None = shelf.find(plan_id)
    if warm is None and texts is not None:
        warm = Warm(*read(texts), roads())
        shelf.keep(plan_id, warm, len(texts.scenario) + len(texts.plan))
    return warm


def explain(
    shelf: Shelf,
    plan_id: str,
    texts: Texts | None,
    job_id: str | None,
    technician_id: str | None,
    instead: str | None,
) -> bytes | None:
    """Return answers to questions about a plan, as JSON of `Explanation`; none: the plan must be sent along.

    Parameters
    ----------
    shelf : what the process keeps
    plan_id : the plan
    texts : the plan itself; none: as kept
    job_id : why this job is left out, late or where it is
    technician_id : why this technician's days are as they are
    instead : with a job: what it would mean to let this technician do it
    """
    from optimizer.explain.asked import about_job, about_technician, about_unserved

    warm = _warm(shelf, plan_id, texts)
    if warm is None:
        return None
    _known(warm.scenario, job_id=job_id, technician_id=technician_id, instead=instead)
    answers: list[Answer] = []
    if job_id is not None:
        answers += about_job(warm.explainer, job_id, instead=instead)
    if technician_id is not None:
        answers += about_technician(warm.explainer, technician_id)
    if job_id is None and technician_id is None:
        answers += about_unserved(warm.explainer)
    said = [
        one.model_copy(update={"sentences": tuple(line.strip() for line in one.sentences)}) for one in answers
    ]
    return Explanation(scenario=warm.scenario.name, answers=tuple(said)).model_dump_json().encode()


def preview(shelf: Shelf, plan_id: str, texts: Texts | None, move: bytes) -> bytes | None:
    """Return what a move would mean, as JSON of `Preview`; none: the plan must be sent along.

    Parameters
    ----------
    shelf : what the process keeps
    plan_id : the plan
    texts : the plan itself; none: as kept
    move : the move, as JSON of `Move`
    """
    warm = _warm(shelf, plan_id, texts)
    if warm is None:
        return None
    return warm.previewer.move(Move.model_validate_json(move)).model_dump_json().encode()


def check(_shelf: Shelf, scenario: bytes, document: bytes) -> bytes:
    """Return whether a plan made elsewhere keeps the rules and is worth what it says, as JSON of `PlanCheck`.

    Parameters
    ----------
    scenario : the revision it is held against
    document : the plan document
    """
    texts = Texts(scenario, document)
    question, written = read(texts)
    if written.plan.scenario_sha256 != scenario_sha256(question):
        cause = "The plan was made for another state of the scenario, or for another one."
        issue = Issue("other-scenario", "plan.scenario_sha256", cause, "Name the revision it was made from.")
        raise InvalidInput((issue,))
    found = assess(question, written.plan)
    return (
        PlanCheck(
            sound=not found.findings,
            findings=found.findings,
            differences=tuple(differences(written.assessment, found)),
            bill=found.bill,
            clocks=found.clocks,
            kpis=found.kpis,
        )
        .model_dump_json()
        .encode()
    )


def retime(_shelf: Shelf, scenario: bytes, orders: bytes) -> bytes:
    """Return the plan that follows orders made by hand, as a plan document.

    Parameters
    ----------
    scenario : the revision they are for
    orders : who does what in which order
    """
    from optimizer.retime import retime as timed

    question = parse_scenario(scenario.decode(), json=True)
    return plan_json(timed(question, Orders.model_validate_json(orders), roads=roads())).encode()


def compare(_shelf: Shelf, older: bytes, newer: bytes, scenario: bytes | None) -> bytes:
    """Return how two plans differ, as JSON of `PlanDiff`.

    Parameters
    ----------
    older, newer : the plan documents
    scenario : names the customers; none: they stay unnamed
    """
    question = None if scenario is None else parse_scenario(scenario.decode(), json=True)
    before, after = (PlanDocument.model_validate_json(one) for one in (older, newer))
    return diff_plans(before, after, question).model_dump_json().encode()


def roads() -> Roads | None:
    """Return the operator's road data, as the environment names it."""
    return roads_of(Settings.read())


def _known(scenario: Scenario, *, job_id: str | None, technician_id: str | None, instead: str | None) -> None:
    """Refuse jobs and technicians that the scenario does not know."""
    jobs = {one.job_id for one in scenario.jobs}
    people = {one.technician_id for one in scenario.technicians}
    asked = (("job_id", job_id, jobs), ("technician_id", technician_id, people), ("instead", instead, people))
    issues = tuple(
        Issue(
            "unknown-id", f"query.{name}", f"The scenario has no {value!r}.", "Take an id from the scenario."
        )
        for name, value, known in asked
        if value is not None and value not in known
    )
    if issues:
        raise InvalidInput(issues)
