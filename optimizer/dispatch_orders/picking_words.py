"""Puts a picking list into words."""

from dataclasses import dataclass

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.records import Handout, PickingList
from optimizer.dispatch_orders.tied_records import ToolIssue, ToolLine
from optimizer.words.language import Language
from optimizer.words.moments import clock, day
from optimizer.words.tool_words import tool_name
from optimizer.words.trade_words import trade_word


@dataclass(frozen=True)
class HandoutWords:
    """What one technician takes, in words.

    Parameters
    ----------
    leaves : when the technician leaves, or comes to load on the way
    who : name and id
    things : one text for each thing
    """

    leaves: str
    who: str
    things: tuple[str, ...]


@dataclass(frozen=True)
class IssueWords:
    """A shared tool that leaves the branch, in words.

    Parameters
    ----------
    tool : which tool
    leaves : when it leaves
    whereto : who takes it along, and to which jobs
    back : when it comes back
    """

    tool: str
    leaves: str
    whereto: str
    back: str


@dataclass(frozen=True)
class ListWords:
    """A picking list in words.

    Parameters
    ----------
    title : what the sheet is
    branch : whose store
    day : which morning
    parts : rows of part, pieces, stock before, stock after
    total : pieces in all
    tools : rows of shared tool, asked for, available
    warnings : tools of which there are too few
    issues : shared tools that leave the branch and come back
    handouts : who takes what
    signs : what is written by hand at the end
    foot : which plan the list is from
    """

    title: str
    branch: str
    day: str
    parts: tuple[tuple[str, str, str, str], ...]
    total: str
    tools: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...]
    issues: tuple[IssueWords, ...]
    handouts: tuple[HandoutWords, ...]
    signs: tuple[str, ...]
    foot: str


def list_words(picking: PickingList, language: Language) -> ListWords:
    """Return one picking list in words.

    Parameters
    ----------
    picking : the facts
    language : English or Chinese
    """
    shown = day(picking.day, language)
    return ListWords(
        title=label("picking", language),
        branch=picking.branch,
        day=f"{shown} {picking.day.year}" if language == "en" else f"{picking.day.year}年{shown}",
        parts=tuple(
            (trade_word(one.part, language), str(one.pieces), str(one.before), str(one.after))
            for one in picking.parts
        ),
        total=str(sum(one.pieces for one in picking.parts)),
        tools=tuple(
            (trade_word(one.tool, language), str(one.technicians), str(one.available))
            for one in picking.shared_tools
        ),
        warnings=tuple(
            label(
                "too_few",
                language,
                tool=trade_word(one.tool, language),
                asked=one.technicians,
                available=one.available,
            )
            for one in picking.shared_tools
            if one.technicians > one.available
        ),
        issues=tuple(_issue(one, language) for one in picking.tool_issues),
        handouts=tuple(_handout(one, language) for one in picking.handouts),
        signs=(label("store_signs", language),),
        foot=label("plan", language, mark=picking.plan_mark),
    )


def shared_tool(line: ToolLine, language: Language) -> str:
    """Return how a tool to take along is called, e.g. ``hoist no. 2``."""
    return tool_name(line.tool, line.number, language)


def _issue(issue: ToolIssue, language: Language) -> IssueWords:
    who = " ".join(part for part in (issue.technician, issue.technician_id) if part)
    jobs = {"jobs": " → ".join(issue.job_ids), "at": clock(issue.there)}
    taken = label("taken_by", language, who=who, **jobs) if who else label("brought_to", language, **jobs)
    return IssueWords(
        tool=tool_name(issue.tool, issue.number, language),
        leaves=clock(issue.leaves),
        whereto=taken,
        back=clock(issue.back),
    )


def _handout(handout: Handout, language: Language) -> HandoutWords:
    parts = (
        label("pieces", language, part=trade_word(one.part, language), n=one.pieces) for one in handout.parts
    )
    tools = (
        label("for_jobs", language, thing=shared_tool(one, language), jobs=", ".join(one.job_ids))
        for one in handout.shared_tools
    )
    own = (label("own", language, thing=trade_word(one.tool, language)) for one in handout.own_tools)
    return HandoutWords(
        leaves=clock(handout.leave_at)
        if handout.comes_at is None
        else label("comes", language, at=clock(handout.comes_at)),
        who=" ".join(part for part in (handout.technician, handout.technician_id) if part),
        things=(*parts, *tools, *own),
    )
