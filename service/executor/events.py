"""What an executor tells about its tasks; each task ends in exactly one of `Finished`, `Failed` and `Lost`."""

from dataclasses import dataclass
from typing import Literal

from optimizer.control import EndedBy
from optimizer.domain.proposal import ProposalName
from optimizer.errors import Issue

ProblemKind = Literal[
    "invalid-input",
    "unsupported-feature",
    "travel-unavailable",
    "broken-plan",
    "wrong-version",
    "out-of-memory",
    "internal",
]
"""Why a task failed: an error of the library, workers of another version, too little memory, or anything that nobody
foresaw."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a task failed.

    Parameters
    ----------
    kind : which error it was
    sentence : what is wrong, in words that may be shown; of an internal error only that there was one
    issues : every mistake in the input, where that is what is wrong
    findings : what the independent checker found in the plan, one sentence each, where that is what is wrong
    error : of a mistake in the program the type's name; for the log only, as are
    places : where in the program it happened, without any values
    """

    kind: ProblemKind
    sentence: str
    issues: tuple[Issue, ...] = ()
    findings: tuple[str, ...] = ()
    error: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """A worker has begun; told at most once a task, before anything else of it.

    Parameters
    ----------
    task_id : the task
    worker : which worker, as ``host:process id``, for people to read
    """

    task_id: str
    worker: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """How the search stands; about twice a second, and sooner when the best plan becomes better.

    Parameters
    ----------
    task_id : the task
    elapsed_s : seconds of search so far
    iterations : iterations so far, all threads together
    share : part of the budget used, 0 to 1
    weight : unserved priority weight of the best plan, 0 where money alone counts
    cents : its price
    unserved : jobs it leaves out
    """

    task_id: str
    elapsed_s: float
    iterations: int
    share: float
    weight: int
    cents: int
    unserved: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way to go on, as a re-plan has found it.

    Parameters
    ----------
    name : how it was looked for
    scenario : the question it answers, as JSON
    document : the plan file
    said : what it changes, as JSON of `optimizer.domain.proposal.Proposal` without the document
    """

    name: ProposalName
    scenario: bytes
    document: bytes
    said: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """What a re-plan has found.

    Parameters
    ----------
    proposals : the short list
    assumed : jobs of which nobody reported anything
    later : jobs that wait for a day after the planned ones
    """

    proposals: tuple[Proposal, ...]
    assumed: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A re-plan has found something; it goes on.

    Parameters
    ----------
    task_id : the task
    found : everything it has found so far
    """

    task_id: str
    found: Found


@dataclass(frozen=True, slots=True)
class Finished:
    """The task is done and there is a plan, or a sample.

    Parameters
    ----------
    task_id : the task
    document : the plan file, as `optimizer.interchange.plan_file.plan_json` writes it; of a re-plan empty;
        of a sample the sample as JSON
    ended_by : why the search ended; ``cancelled``: it was asked to, ``time`` also where the deadline ended it
    found : the plans of a re-plan; none: it was none
    """

    task_id: str
    document: bytes
    ended_by: EndedBy
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The task cannot be done; trying again would fail again.

    Parameters
    ----------
    task_id : the task
    problem : why
    """

    task_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker went away, or was sent away; trying again may help.

    Parameters
    ----------
    task_id : the task
    why : ``killed``, ``deadline``, ``closed``, or a sentence about what became of the worker
    """

    task_id: str
    why: str


End = Finished | Failed | Lost
"""How a task ends."""

Event = Started | Progressed | Proposed | End
"""Everything an executor tells."""
