"""Where a shared tool comes from and where it goes, in words."""

from dataclasses import dataclass

from optimizer.words.language import Language
from optimizer.words.spacing import spaced
from optimizer.words.trade_words import trade_word


@dataclass(frozen=True)
class ToolWay:
    """Where a shared tool is before and after a job, as names and clock times.

    Parameters
    ----------
    tool : how it is called, see `tool_name`
    branch : name of the branch it comes from or goes back to
    from_job : the job it comes from, with who hands it over; empty: from the branch
    leaves, there : when it leaves there and when it is at the job
    to_job : the job it goes on to, with who takes it over; empty: back to the branch
    onwards : when it is there
    brought_by : who takes it along from the branch in the morning; empty: it comes at its own time
    kept_from, kept_for : whoever has it had it at the job before already, keeps it for the next one
    """

    tool: str
    branch: str
    from_job: str
    leaves: str
    there: str
    to_job: str
    onwards: str
    brought_by: str = ""
    kept_from: bool = False
    kept_for: bool = False


def tool_name(tool: str, number: int, language: Language) -> str:
    """Return how a piece of a shared tool is called, e.g. ``hoist`` or, of several, ``hoist no. 2``.

    Parameters
    ----------
    tool : what the scenario calls it
    number : which of the branch's pieces; 0: there is one only
    language : English or Chinese
    """
    name = trade_word(tool, language)
    if not number:
        return name
    return f"{name} {number} 号" if language == "zh" else f"{name} no. {number}"


def job_and_person(job_id: str, person: str, language: Language) -> str:
    """Return a job with who is there, e.g. ``J2 (Wang Qiang)``."""
    if not person:
        return job_id
    return f"{job_id}（{person}）" if language == "zh" else f"{job_id} ({person})"


def whence_words(way: ToolWay, language: Language) -> str:
    """Return where a tool comes from and when, e.g. ``from J2 (Wang Qiang), leaves 12:45, here 12:50``."""
    origin = way.from_job or way.branch
    if way.kept_from:
        return f"{spaced(origin).lstrip()}用后自带" if language == "zh" else f"kept since {origin}"
    if way.brought_by:
        if language == "zh":
            return f"由{spaced(way.brought_by)}从{spaced(origin)}随车带来"
        return f"brought along from {origin} by {way.brought_by}"
    if language == "zh":
        return f"{way.leaves} 从{spaced(origin)}出发，{way.there} 到"
    return f"from {origin}, leaves {way.leaves}, here {way.there}"


def whither_words(way: ToolWay, language: Language) -> str:
    """Return where a tool goes and when it is there, e.g. ``then back to Furong, there 14:20``."""
    if way.kept_for:
        return (
            f"用后自带至{spaced(way.to_job).rstrip()}" if language == "zh" else f"then kept for {way.to_job}"
        )
    if language == "zh":
        if way.to_job:
            return f"用后转交{spaced(way.to_job).rstrip()}，{way.onwards} 到"
        return f"用后 {way.onwards} 前归还{spaced(way.branch).rstrip()}"
    if way.to_job:
        return f"then to {way.to_job}, there {way.onwards}"
    return f"then back to {way.branch}, there {way.onwards}"


def way_words(way: ToolWay, language: Language) -> str:
    """Return a tool's whole way in one line, e.g. ``hoist: from Furong, leaves 10:20, here 10:30; then …``."""
    colon, semicolon = ("：", "；") if language == "zh" else (": ", "; ")
    return f"{way.tool}{colon}{whence_words(way, language)}{semicolon}{whither_words(way, language)}"
