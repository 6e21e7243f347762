"""PROMISE: what was promised to a customer is strictly kept.

Service starts inside the window the customer was told, and not before the start planned behind it. What was
not told is internal and binds nobody; of several promises told for one job the last one counts. A promise whose
window has already passed is broken and cannot be kept any more: the job is then free to go anywhere. A promise
for a day after the planned ones still stands: the job waits for that day. A promise whose customer is asked for another
time binds nobody either; what moving it costs says `CHANGE`. Of a job that takes several days the first one was
promised; of a crew, who come together, the one who leads counts.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise as Told
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.appointment import RULE as APPOINTMENT
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.settings import params_of
from optimizer.rules.visits import leads
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time


class PromiseParams(Params):
    """`PROMISE` has no numbers of its own: windows and starts stand in the promises."""


class Promise(Rule[PromiseParams]):
    """Promises are kept."""

    code = "PROMISE"
    title = "Service starts inside the window the customer was told, and not before the start behind it."
    section = "when"
    hard = True
    source = (
        Source("004", "第8篇 ch. 1 art. 16"),
        Source("assumption", "binds nobody: a window that has passed, or that the customer is asked to move"),
    )
    params = PromiseParams

    def validate(self, scenario: Scenario, params: PromiseParams) -> Iterator[Issue]:
        """Yield promises that still stand and that no start can keep."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        windows_count = params_of(APPOINTMENT, scenario.policy).active
        jobs = {job.job_id: job for job in scenario.jobs}
        row = {promise.job_id: i for i, promise in enumerate(scenario.promises) if promise.told}
        for promise, opens_s, closes_s in standing_promises(scenario, timeline):
            path = f"promises[{row[promise.job_id]}]"
            if opens_s > closes_s:
                after = exact_time(opens_s - closes_s)
                cause = f"The start promised for {promise.job_id} lies {after} after its window."
                yield Issue(
                    "promise-outside-window", f"{path}.start", cause, "Correct the start or the window."
                )
                continue
            windows = jobs[promise.job_id].windows if windows_count else ()
            if windows and not any(
                timeline.seconds(one.start) <= closes_s and opens_s <= timeline.seconds(one.end)
                for one in windows
            ):
                cause = (
                    f"{exact_moment(timeline.moment(opens_s))} to {exact_moment(timeline.moment(closes_s))} was "
                    f"promised, but lies in no appointment window of {promise.job_id}."
                )
                action = "Agree on a window around it, or correct the promise."
                yield Issue("promise-outside-appointment", f"{path}.window", cause, action)

    def compile(self, scenario: Scenario, params: PromiseParams, draft: Draft) -> None:
        """Narrow each promised job to what the customer was told."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for promise, opens_s, closes_s in standing_promises(scenario, timeline):
            draft.narrow(promise.job_id, [(timeline.moment(opens_s), timeline.moment(closes_s))])

    def check(self, scenario: Scenario, params: PromiseParams, plan: Plan) -> Iterator[Finding]:
        """Yield services that start before or after what was promised, in minutes."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        promises = told_promises(scenario)
        for visit in leads(scenario, plan):
            promise = promises.get(visit.job.job_id)
            if promise is None or promise.asked or passed(promise, scenario, timeline):
                continue
            start_s = timeline.seconds(visit.stop.start)
            opens_s = max(timeline.seconds(promise.window.start), timeline.seconds(promise.start))
            closes_s = timeline.seconds(promise.window.end)
            early = start_s < opens_s
            over_s = opens_s - start_s if early else start_s - closes_s
            if over_s > 0:
                words = "before the promised start" if early else "after the promised window"
                yield Finding(
                    code=self.code,
                    job_id=visit.job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=start_s / 60,
                    limit=(opens_s if early else closes_s) / 60,
                    over=over_s / 60,
                    unit="min",
                    sentence=f"{visit.job.job_id} starts {exact_moment(timeline.moment(start_s))}, "
                    f"{exact_time(over_s)} {words}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Plan {finding.job_id} inside what was promised, or agree on another time with the customer first."


RULE = Promise()


def told_promises(scenario: Scenario) -> dict[str, Told]:
    """Return the promise that counts for each job whose customer was told one: the last of the list.

    Those that the customer is asked to move are among them: they were told.

    Parameters
    ----------
    scenario : the question
    """
    return {promise.job_id: promise for promise in scenario.promises if promise.told}


def standing_promises(scenario: Scenario, timeline: Timeline) -> Iterator[tuple[Told, int, int]]:
    """Yield the promises that bind with their first and last start, in seconds.

    Not those whose window has passed, nor those that the customer is asked to move.

    Parameters
    ----------
    scenario : the question
    timeline : the scenario's timeline
    """
    for promise in told_promises(scenario).values():
        if not (promise.asked or passed(promise, scenario, timeline)):
            opens_s = max(timeline.seconds(promise.window.start), timeline.seconds(promise.start))
            yield promise, opens_s, timeline.seconds(promise.window.end)


def passed(promise: Told, scenario: Scenario, timeline: Timeline) -> bool:
    """Tell whether the window of a promise ended before anything can be planned: nobody can keep it any more."""
    now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
    return timeline.seconds(promise.window.end) < max(now_s, 0)
