"""APPOINTMENT: service starts inside one of the windows agreed with the customer, and never in the past.

Windows limit the start of service and include both ends. Jobs without windows may start at any time from now
on, and so may jobs whose customer is asked for another time than was promised: their windows hold no more. Of a job
that takes several days the first one was agreed; of a crew, who come together, the one who leads counts.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.promise import asked_jobs
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import Visit, leads
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time


class AppointmentParams(Params):
    """`APPOINTMENT` has no numbers of its own: the windows stand in the job."""


class Appointment(Rule[AppointmentParams]):
    """Service starts inside an agreed window."""

    code = "APPOINTMENT"
    title = "Service starts inside one of the windows agreed with the customer, and not before now."
    section = "when"
    hard = True
    source = (Source("004", "第8篇 ch. 1 art. 1–3"),)
    params = AppointmentParams

    def compile(self, scenario: Scenario, params: AppointmentParams, draft: Draft) -> None:
        """Narrow the job's start to what is left of its windows."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
        over, asked = [], asked_jobs(scenario.promises)
        for job in (one for one in scenario.jobs if one.job_id not in asked):
            spans = [(timeline.seconds(window.start), timeline.seconds(window.end)) for window in job.windows]
            left = [(max(start, now_s), end) for start, end in spans if end >= now_s]
            if left:
                draft.narrow(
                    job.job_id, [(timeline.moment(start), timeline.moment(end)) for start, end in left]
                )
            elif spans:
                over.append(job.job_id)
        if over:
            draft.forbid(over, [one.key for one in draft.shifts])

    def check(self, scenario: Scenario, params: AppointmentParams, plan: Plan) -> Iterator[Finding]:
        """Yield services that start outside all windows, or in the past."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        asked = asked_jobs(scenario.promises)
        for visit in leads(scenario, plan):
            start_s = timeline.seconds(visit.stop.start)
            if scenario.now is not None and start_s < timeline.seconds(scenario.now):
                now_s = timeline.seconds(scenario.now)
                yield _finding(visit, timeline, start_s, now_s, f"{exact_time(now_s - start_s)} before now")
            misses = []
            for window in () if visit.job.job_id in asked else visit.job.windows:
                opens_s, closes_s = timeline.seconds(window.start), timeline.seconds(window.end)
                misses.append((max(opens_s - start_s, start_s - closes_s), opens_s, closes_s))
            if misses and min(misses)[0] > 0:
                miss_s, opens_s, closes_s = min(misses)
                early = start_s < opens_s
                words = f"{exact_time(miss_s)} {'before' if early else 'after'} the nearest agreed window"
                yield _finding(visit, timeline, start_s, opens_s if early else closes_s, words)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Agree on another window with the customer, or send a technician who can be there in time."


RULE = Appointment()


def _finding(visit: Visit, timeline: Timeline, start_s: int, limit_s: int, words: str) -> Finding:
    return Finding(
        code="APPOINTMENT",
        job_id=visit.job.job_id,
        technician_id=visit.technician.technician_id,
        day=visit.shift.day,
        measured=start_s / 60,
        limit=limit_s / 60,
        over=abs(start_s - limit_s) / 60,
        unit="min",
        sentence=f"{visit.job.job_id} starts {exact_moment(timeline.moment(start_s))}, {words}.",
    )
