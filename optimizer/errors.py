"""Every error the library raises on purpose.

PaigongError
├── InvalidInput        the scenario, plan or request breaks its format or contradicts itself; carries all issues
├── UnsupportedFeature  an engine or a door was asked for something it does not handle; names it
├── TravelUnavailable   a place or a leg has no travel time
├── NotWritten          a result cannot be written where it should go
├── NotSimulated        a study's sample could not be made, although it was tried again
└── BrokenPlan          a plan did not pass the independent checker and is withheld

Infeasible, out of time and cancelled are outcomes of a run, not errors.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong in the input: where, why, and what to do.

    Parameters
    ----------
    code : short stable name of the kind of mistake, e.g. ``unknown-branch``
    path : where it stands, e.g. ``jobs[3].windows[0]``
    cause : what is wrong, one sentence
    action : what to do about it, one sentence
    line : line in the file, from 1, where known
    """

    code: str
    path: str
    cause: str
    action: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path or "file"
        at = f"line {self.line}: " if self.line is not None else ""
        return f"{at}{where}: {self.cause} {self.action}"


class PaigongError(Exception):
    """The parent of all errors raised on purpose."""


class InvalidInput(PaigongError):
    """The input cannot be used; `issues` lists everything that is wrong with it.

    Parameters
    ----------
    issues : all mistakes found, at least one
    """

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__("\n".join(str(issue) for issue in issues))

    def __reduce__(self) -> tuple[type["InvalidInput"], tuple[tuple[Issue, ...]]]:
        return type(self), (self.issues,)  # so that it comes out of another process as it was


class UnsupportedFeature(PaigongError):
    """Something was asked for that this engine or door does not handle."""


class TravelUnavailable(PaigongError):
    """A place or a leg has no travel time."""


class NotWritten(PaigongError):
    """A result cannot be written where it should go."""


class NotSimulated(PaigongError):
    """A sample of a study could not be made: whoever was at it went away again and again, or nobody is there."""


class BrokenPlan(PaigongError):
    """A plan did not pass the independent checker; it is withheld.

    Parameters
    ----------
    findings : one sentence for each breach
    """

    def __init__(self, findings: tuple[str, ...]) -> None:
        self.findings = findings
        super().__init__("The plan did not pass the independent checker:\n" + "\n".join(findings))

    def __reduce__(self) -> tuple[type["BrokenPlan"], tuple[tuple[str, ...]]]:
        return type(self), (self.findings,)
