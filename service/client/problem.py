"""What a client raises when the service says no."""

from http import HTTPStatus

import httpx
from pydantic import ValidationError

from service.door.problem import ProblemDocument, ProblemIssue
from service.runs.records import Run


class ServiceProblem(Exception):
    """The service refused a request, or could not do what was asked.

    Parameters
    ----------
    document : the error as the service answered it
    """

    def __init__(self, document: ProblemDocument) -> None:
        self.document = document
        lines = [f"{document.status} {document.title}: {document.detail}"]
        lines += [f"{one.pointer or '/'}: {one.cause} {one.action}" for one in document.issues]
        super().__init__("\n".join(lines))

    @property
    def status(self) -> int:
        """HTTP status."""
        return self.document.status

    @property
    def kind(self) -> str:
        """Kind of error, e.g. ``stale-plan``."""
        return self.document.type.rpartition("/")[2]

    @property
    def issues(self) -> tuple[ProblemIssue, ...]:
        """Everything that is wrong with what was sent."""
        return self.document.issues


class NoPlan(Exception):
    """A run ended without a plan.

    Parameters
    ----------
    run : the run; its ``problem`` says why it failed
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        detail = (run.problem or {}).get("detail", "it was cancelled before there was a plan")
        super().__init__(f"The run {run.run_id} is {run.state}: {detail}")


def problem_of(answer: httpx.Response) -> ServiceProblem:
    """Return the error that an answer says, also where something on the way to the service has answered.

    Parameters
    ----------
    answer : with a status from 400, its body read
    """
    try:
        return ServiceProblem(ProblemDocument.model_validate_json(answer.content))
    except ValidationError:
        pass
    try:
        title = HTTPStatus(answer.status_code).phrase
    except ValueError:
        title = "Unknown status"
    document = ProblemDocument(
        type="about:blank",
        title=title,
        status=answer.status_code,
        detail="The answer is no error of the service; it may come from something on the way to it.",
        instance=answer.request.url.path,
        trace_id=answer.headers.get("X-Request-ID", ""),
    )
    return ServiceProblem(document)
