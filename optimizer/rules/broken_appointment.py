"""BROKEN_APPOINTMENT: an appointment that is missed costs, and so does a visit that was in vain.

An appointment is missed when the job is left out and the appointment ends before the horizon does: no later plan can
keep it. The appointment is the window the customer was told, else the last of the windows agreed. One that reaches
beyond the horizon may still be kept, so nothing is owed for it yet. A window the customer was told that has passed is
broken already: it is owed whatever the plan, whether the job is served later or not. With a customer who is asked for
another time none is missed if the job is served at any time, and the one that was told if it is left out.

A second visit for want of tools or parts is owed where the customer has complained; a mended fault that came back
is owed in any case. Both have already happened: they are owed whatever the plan. The fines fall on technicians in
the source and stand here as a price of poor service.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import BillLine
from optimizer.domain.base import Cents
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import horizon_end_s, service_line
from optimizer.rules.promise import passed, told_promises
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import money


class BrokenAppointmentParams(Params):
    """Parameters of `BROKEN_APPOINTMENT`."""

    missed_cents: Cents = 3_000
    """Price of missing an appointment."""
    second_visit_cents: Cents = 3_000
    """Price of a second visit for want of tools or parts, when the customer complained."""
    fault_back_cents: Cents = 10_000
    """Price of a mended fault that came back."""


class BrokenAppointment(Rule[BrokenAppointmentParams]):
    """An appointment missed, a visit in vain, a fault that came back."""

    code = "BROKEN_APPOINTMENT"
    title = (
        "A missed appointment, a second visit for want of tools or parts, and a fault that comes back cost."
    )
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 ch. 8 art. 2–3"),
        Source("004", "第8篇 维修人员综合考核条例 art. 8"),
        Source("assumption", "missed: left out, and the last appointment ends before the planned days do"),
    )
    params = BrokenAppointmentParams

    def compile(self, scenario: Scenario, params: BrokenAppointmentParams, draft: Draft) -> None:
        """Price leaving out a job whose appointment ends in the horizon; charge what has happened."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        end_s, told = horizon_end_s(scenario, timeline), told_promises(scenario)
        broken = {promise.job_id for promise in told.values() if passed(promise, scenario, timeline)}
        for job in scenario.jobs:
            windows = [told[job.job_id].window] if job.job_id in told else job.windows
            ends = [timeline.seconds(window.end) for window in windows]
            if ends and max(ends) < end_s and params.missed_cents and job.job_id not in broken:
                draft.price_unserved(job.job_id, weight=0, cents=params.missed_cents)
        happened = sum(_happened(job, params)[0] for job in scenario.jobs) + params.missed_cents * len(broken)
        if happened:
            draft.charge(happened)

    def bill(self, scenario: Scenario, params: BrokenAppointmentParams, plan: Plan) -> Iterator[BillLine]:
        """Yield each appointment that is missed and each visit that was in vain."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        end_s, left_out, told = horizon_end_s(scenario, timeline), set(plan.unserved), told_promises(scenario)
        for job in scenario.jobs:
            promise = told.get(job.job_id)
            windows = job.windows if promise is None else (promise.window,)
            last = max((window.end for window in windows), key=timeline.seconds, default=None)
            if last is not None and params.missed_cents:
                ended = exact_moment(timeline.moment(timeline.seconds(last)))
                if promise is not None and passed(promise, scenario, timeline):
                    what = f"{job.job_id}: the appointment told to the customer passed {ended}, whatever the plan"
                    yield self._line(job, params.missed_cents, what)
                elif job.job_id in left_out and timeline.seconds(last) < end_s:
                    what = f"{job.job_id} is left out and its last appointment ends {ended}"
                    yield self._line(job, params.missed_cents, what)
            cents, what = _happened(job, params)
            if cents:
                yield self._line(job, cents, f"{job.job_id}: {what}, whatever the plan")

    def _line(self, job: Job, cents: int, what: str) -> BillLine:
        return service_line(
            self.code, job, None, quantity=1, unit="job", cents=cents, sentence=f"{what}: {money(cents)}."
        )


RULE = BrokenAppointment()


def _happened(job: Job, params: BrokenAppointmentParams) -> tuple[int, str]:
    """Return what is owed for an earlier visit in vain, and what went wrong; 0 cents: nothing is owed."""
    match job.second_visit:
        case "fault_back":
            return params.fault_back_cents, "the mended fault came back"
        case "tools" | "parts" if job.complaint != "none":
            return (
                params.second_visit_cents,
                f"a second visit for want of {job.second_visit}, the customer complained",
            )
        case _:
            return 0, ""
