"""Crews that contradict themselves: members who are not there or stand twice, more mates named than there are seats."""

from collections.abc import Iterator

from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue


def crew_facts(scenario: Scenario) -> Iterator[Issue]:
    """Yield what is wrong with standing crews, and with the mates that jobs and job types name.

    Parameters
    ----------
    scenario : every record in it is valid by itself
    """
    yield from _members(scenario)
    for name, job_type in scenario.policy.job_types.items():
        yield from _mates(f"policy.job_types.{name}.mates", len(job_type.mates), job_type.seats)
    for i, job in enumerate(scenario.jobs):
        if job.mates is not None:
            usual = scenario.policy.job_types.get(job.type)
            seats = job.seats if job.seats is not None else usual.seats if usual is not None else None
            if seats is not None:  # an unknown type is reported by itself
                yield from _mates(f"jobs[{i}].mates", len(job.mates), seats)


def _members(scenario: Scenario) -> Iterator[Issue]:
    known = {one.technician_id for one in scenario.technicians}
    ids: dict[str, int] = {}
    member_of: dict[str, int] = {}
    for i, crew in enumerate(scenario.crews):
        if crew.crew_id in ids:
            cause = f"The id {crew.crew_id!r} is already used at crews[{ids[crew.crew_id]}]."
            yield Issue("duplicate-id", f"crews[{i}].crew_id", cause, "Give each its own id.")
        ids.setdefault(crew.crew_id, i)
        for x, member in enumerate(crew.members):
            path = f"crews[{i}].members[{x}]"
            if member not in known:
                cause = f"The technician {member!r} is not in the scenario."
                yield Issue("unknown-technician", path, cause, "Correct the name or add the technician.")
            elif member_of.get(member) == i:
                cause = f"{member} already stands in the crew {crew.crew_id}."
                yield Issue("member-twice", path, cause, "Name each member once.")
            elif member in member_of:
                other = scenario.crews[member_of[member]].crew_id
                cause = f"{member} is already a member of the crew {other}, at crews[{member_of[member]}]."
                yield Issue("two-crews", path, cause, "Leave everybody in one standing crew.")
            member_of.setdefault(member, i)


def _mates(path: str, mates: int, seats: int) -> Iterator[Issue]:
    if mates > seats - 1:
        room = f"{seats - 1} beside the one who leads" if seats > 1 else "nobody beside the one who leads"
        cause = f"What {mates} others must be able to do is said, but with seats {seats} there is {room}."
        yield Issue("too-many-mates", path, cause, "Raise seats, or name fewer mates.")
