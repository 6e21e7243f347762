"""CREW: a job for several people gets exactly as many, all there from its start to its end, and one of them leads.

How many a job takes stands with the job or its type, also what each of the others must be able to do (see `SKILL`).
One leads and answers for safety: that takes a general level at least. Certificates and tools are met together (see
`CERTIFICATE`, `TOOL`); what forbids somebody a job otherwise, such as leave or a territory, forbids every place in its
crew. A standing crew (安装组) goes together: its members take crew jobs with each other only, and others each alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import required_certificates, seats
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Level
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.certificate import RULE as CERTIFICATE
from optimizer.rules.draft import Draft, Layout
from optimizer.rules.settings import params_of
from optimizer.rules.teams import teams
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools
from optimizer.rules.visits import Visit
from optimizer.words.numbers import count, exact_time, listed

MOST_TOGETHER: Final = 32
"""Certificates and tools that a crew can need together."""


class CrewParams(Params):
    """Parameters of CREW; how many people a job takes stands in the policy's job table and with the job."""

    lead_level: Level = 2
    """General level that somebody has at least who leads a crew: the newly trained do not answer for others."""


class Crew(Rule[CrewParams]):
    """Several people at one job, together."""

    code = "CREW"
    title = (
        "A job for several people gets exactly as many, together from start to end, and one of them leads."
    )
    section = "who"
    hard = True
    source = (
        Source("000", "complex cases are handled by several people"),
        Source("004", "第8篇: installation crews (安装组), one answers for safety"),
        Source(
            "assumption", "outdoor or heavy units; level of who leads; standing crews stay among themselves"
        ),
    )
    params = CrewParams

    def validate(self, scenario: Scenario, params: CrewParams) -> Iterator[Issue]:
        """Yield crews that need more things together than can be told apart."""
        for i, job in enumerate(scenario.jobs):
            if seats(job, scenario.policy) > 1:
                things = _things(job, scenario)
                if things > MOST_TOGETHER:
                    cause = f"The crew of {job.job_id} would need {things} certificates and tools together."
                    action = f"Name at most {MOST_TOGETHER} in all, those of its type included."
                    yield Issue("too-many-needs", f"jobs[{i}].tools", cause, action)

    def lay_out(self, scenario: Scenario, params: CrewParams, layout: Layout) -> None:
        """Say how many people the jobs for several take."""
        for many, jobs in _crew_jobs(scenario).items():
            layout.crew(jobs, many)

    def compile(self, scenario: Scenario, params: CrewParams, draft: Draft) -> None:
        """Keep standing crews together, and let nobody lead below the level."""
        jobs = [job for some in _crew_jobs(scenario).values() for job in some]
        if not jobs:
            return
        shifts: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        for one in draft.shifts:
            shifts[one.key.technician_id].append(one.key)
        for number, crew in enumerate(scenario.crews):
            draft.stand_together([key for member in crew.members for key in shifts[member]], number)
        low = [one.key for one in draft.shifts if one.technician.level < params.lead_level]
        if low:
            draft.forbid(jobs, low, seat=0)

    def check(self, scenario: Scenario, params: CrewParams, plan: Plan) -> Iterator[Finding]:
        """Yield crews of too few or too many people, apart in time, of several standing crews, or badly led."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        crew_of = {member: crew.crew_id for crew in scenario.crews for member in crew.members}
        for team in teams(scenario, plan):
            asked = seats(team[0].job, scenario.policy)
            if asked > 1:
                yield from _number(team, asked)
                yield from _apart(team, timeline)
                yield from _mixed(team, crew_of)
                yield from _led(team, params.lead_level)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        match finding.unit:
            case "min":
                return f"Let everybody of {finding.job_id} start and end with who leads."
            case "leads":
                return f"Name one who leads {finding.job_id} and answers for its safety."
            case "level":
                return f"Let somebody more experienced lead {finding.job_id}."
            case _:
                return (
                    f"Send as many people to {finding.job_id} as it takes, of one standing crew or of none."
                )


RULE = Crew()


def _crew_jobs(scenario: Scenario) -> dict[int, list[str]]:
    """Return the jobs for several people, by how many they take."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for job in scenario.jobs:
        if (many := seats(job, scenario.policy)) > 1:
            found[many].append(job.job_id)
    return found


def _things(job: Job, scenario: Scenario) -> int:
    policy = scenario.policy
    tools = params_of(TOOL, policy)
    certificates = required_certificates(job, policy) if params_of(CERTIFICATE, policy).active else ()
    return len(certificates) + (len(needed_tools(job, scenario, tools)) if tools.active else 0)


def _number(team: tuple[Visit, ...], asked: int) -> Iterator[Finding]:
    job_id = team[0].job.job_id
    people = list(dict.fromkeys(one.technician.technician_id for one in team))
    if len(people) != asked:
        came = f"{listed(people)} {'comes' if len(people) == 1 else 'come'}"
        takes = f"{job_id} takes {count(asked, 'person', plural='people')} at once"
        yield _finding(team[0], len(people), asked, "people", f"{takes}; {came}.")


def _apart(team: tuple[Visit, ...], timeline: Timeline) -> Iterator[Finding]:
    first = team[0]
    for one in team[1:]:
        offs = {
            "starts": timeline.seconds(one.stop.start) - timeline.seconds(first.stop.start),
            "ends": timeline.seconds(one.stop.end) - timeline.seconds(first.stop.end),
        }
        does, off_s = max(offs.items(), key=lambda off: abs(off[1]))
        if off_s:
            who, other = one.technician.technician_id, first.technician.technician_id
            side = "after" if off_s > 0 else "before"
            sentence = f"{who} {does} {one.job.job_id} {exact_time(off_s)} {side} {other}."
            yield _finding(one, abs(off_s) / 60, 0, "min", sentence)


def _mixed(team: tuple[Visit, ...], crew_of: Mapping[str, str]) -> Iterator[Finding]:
    crews = {one.technician.technician_id: crew_of.get(one.technician.technician_id) for one in team}
    first = crews[team[0].technician.technician_id]
    others = [who for who, crew in crews.items() if crew != first]
    if others:
        leads = f"{team[0].technician.technician_id}, who leads {team[0].job.job_id},"
        are = f"{listed(others)} {'is' if len(others) == 1 else 'are'}"
        sentence = f"{leads} belongs to the standing crew {first}; {are} not of it."
        if first is None:
            sentence = f"{leads} belongs to no standing crew; {are} of one."
        yield _finding(team[0], len(others), 0, "people", sentence)


def _led(team: tuple[Visit, ...], least: int) -> Iterator[Finding]:
    leading = [one for one in team if one.stop.seat == 0]
    if len(leading) != 1:
        names = listed([one.technician.technician_id for one in leading]) or "nobody"
        sentence = f"One person leads {team[0].job.job_id}; in the plan {names} would."
        yield _finding(team[0], len(leading), 1, "leads", sentence)
    for one in leading:
        if one.technician.level < least:
            sentence = (
                f"{one.technician.technician_id} leads {one.job.job_id} at level {one.technician.level}; "
                f"level {least} is asked for."
            )
            yield _finding(one, one.technician.level, least, "level", sentence)


def _finding(visit: Visit, measured: float, limit: float, unit: str, sentence: str) -> Finding:
    return Finding(
        code=RULE.code,
        job_id=visit.job.job_id,
        technician_id=visit.technician.technician_id,
        day=visit.shift.day,
        measured=measured,
        limit=limit,
        over=abs(measured - limit),
        unit=unit,
        sentence=sentence,
    )
