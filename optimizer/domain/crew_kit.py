"""Which of a job's tools and certificates each member of its crew takes along."""

from collections.abc import Iterable, Sequence
from datetime import date

from optimizer.domain.policy import Policy
from optimizer.domain.requirements import carried_tools
from optimizer.domain.technician import Technician


def brought_tools(
    tools: Iterable[str], crew: Sequence[Technician], seat: int, policy: Policy
) -> tuple[str, ...]:
    """Return which of a job's tools one of its crew brings: alone all of them, else what nobody before carries.

    Parameters
    ----------
    tools : the tools that the job needs
    crew : who is there, the one who leads first
    seat : whose place in the crew, 0 leads
    policy : the policy with its kits
    """
    if len(crew) < 2 or seat >= len(crew):
        return tuple(tools)
    own = carried_tools(crew[seat], policy)
    before = {tool for one in crew[:seat] for tool in carried_tools(one, policy)}
    return tuple(tool for tool in tools if tool in own and tool not in before)


def held_certificates(
    certificates: Iterable[str], crew: Sequence[Technician], seat: int, day: date
) -> tuple[str, ...]:
    """Return which of a job's certificates one of its crew carries along: alone all, else those held on the day.

    Parameters
    ----------
    certificates : the certificates that the job asks for
    crew : who is there, the one who leads first
    seat : whose place in the crew, 0 leads
    day : the day of the visit
    """
    if len(crew) < 2 or seat >= len(crew):
        return tuple(certificates)
    held = {one.name for one in crew[seat].certificates if one.valid_on(day)}
    return tuple(one for one in certificates if one in held)
