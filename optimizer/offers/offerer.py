"""One door to appointment offers: a plan is loaded once, then every new job is told when it could be done."""

from collections.abc import Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from optimizer.compile import compile_scenario
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.offer import Offer, Suitability
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput, Issue
from optimizer.explain.reasons import ReasonWriter
from optimizer.offers.job_issues import job_issues, window_issues
from optimizer.offers.question import compiled_alone, question_with
from optimizer.offers.slots import slots_of
from optimizer.offers.taken import Taken, taken
from optimizer.offers.tried import Trials, Tried
from optimizer.offers.worth import Appraiser
from optimizer.preview.standing import Standing, plan_issues
from optimizer.travel import Roads, travel_table
from optimizer.words.offers import able_words, barred_words, window_words


class Offerer:
    """A plan, loaded to be asked again and again when new jobs could be done.

    Nothing of it changes by being asked.

    Parameters
    ----------
    scenario : the question, already validated
    document : a plan of it that keeps every hard rule
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        When the plan is another scenario's, names what the scenario does not know, or breaks hard rules; lists all.
    """

    def __init__(self, scenario: Scenario, document: PlanDocument, *, roads: Roads | None = None) -> None:
        if issues := plan_issues(scenario, document) or tuple(_breaches(document)):
            raise InvalidInput(issues)
        self._roads = roads
        self.standing = Standing(compile_scenario(scenario, travel_table(scenario, roads)), document)
        """The plan with what is looked up again and again."""
        self._bare = compiled_alone(scenario)
        self._zone = ZoneInfo(scenario.time_zone)

    def offers(
        self,
        job: Job,
        *,
        slots: Sequence[Window] | None = None,
        limit: int = 10,
        further: int = 2,
        others_may_move: bool = False,
    ) -> tuple[Offer, ...]:
        """Return the windows that a new job's customer can be promised, the cheapest first.

        Parameters
        ----------
        job : the new job; what it says of windows is when it suits the customer
        slots : the windows that come into question; none: windows of two hours on the days ahead, see `slots_of`
        limit : how many offers at most
        further : how many other technicians are named for each at most
        others_may_move : whether starts told to other customers may move beyond the tolerance of `CHANGE`

        Raises
        ------
        InvalidInput
            When the job or a window contradicts itself or the scenario, or the plan cannot be timed; lists all.
        """
        windows = self._windows(job, slots)
        trials = self._trials(job, windows, others_may_move) if windows else None
        if trials is None:
            return ()
        ranked = []
        for number in range(len(windows)):
            candidates = trials.candidates.of_window(number)
            if candidates:
                ranked.append((candidates[0].cents, number))
        found: list[Offer] = []
        for _, number in sorted(ranked):
            if len(found) == limit:
                break
            able = sorted(islice(trials.by_technician(number), 1 + further), key=_by_cents)
            if able:
                found.append(trials.offer(able[0], able[1:]))
        return tuple(sorted(found, key=lambda one: (one.added_cents, one.window.start.timestamp())))

    def technicians_for(
        self, job: Job, slot: Window, *, others_may_move: bool = False
    ) -> tuple[Suitability, ...]:
        """Return who could do a new job in a window and what it adds, then everybody else and why not.

        Parameters
        ----------
        job : the new job
        slot : the window that is promised
        others_may_move : whether starts told to other customers may move beyond the tolerance of `CHANGE`

        Raises
        ------
        InvalidInput
            When the job or the window contradicts itself or the scenario, or the plan cannot be timed; lists all.
        """
        trials = self._trials(job, self._windows(job, [slot]), others_may_move, all_timed=True)
        able = sorted(trials.by_technician(0), key=_by_cents)
        known = {one.technician_id for one in able}
        return (
            *(self._able(trials, one) for one in able),
            *(one for one in self._barred(trials) if one.technician_id not in known),
        )

    def confirm(self, job: Job, offer: Offer) -> Taken:
        """Return the scenario with the job and its promise, and the whole plan with it, checked.

        The window and who leads are those of the offer; the start is as the plan stands now.

        Parameters
        ----------
        job : the job that was asked about
        offer : an offer for it

        Raises
        ------
        InvalidInput
            When the plan has changed and the technician cannot keep the window any more, or the job is known already.
        BrokenPlan
            When the plan did not pass the independent checker; it is withheld.
        """
        if offer.job_id != job.job_id:
            cause = f"The offer is for {offer.job_id}, not for {job.job_id}."
            action = "Give the job that the offer was made for."
            raise InvalidInput((Issue("other-job", "offer.job_id", cause, action),))
        trials = self._trials(job, self._windows(job, [offer.window]), bool(offer.moves))
        for one in trials.by_technician(0):
            if one.technician_id == offer.technician_id:
                return taken(self.standing, trials.question, one, roads=self._roads)
        cause = (
            f"{offer.technician_id} has no room for {job.job_id} in {window_words(offer.window, self._zone)} "
            f"any more: the plan has changed."
        )
        raise InvalidInput((Issue("offer-gone", "offer", cause, "Ask for offers again."),))

    def _windows(self, job: Job, slots: Sequence[Window] | None) -> Sequence[Window]:
        issues = [*job_issues(self.standing, job), *window_issues(self.standing, slots or ())]
        if not self.standing.scenario.technicians:
            cause, action = "The scenario has no technicians.", "Add somebody who could come."
            issues.append(Issue("no-technicians", "technicians", cause, action))
        if issues:
            raise InvalidInput(tuple(issues))
        return slots_of(self.standing.scenario, job) if slots is None else slots

    def _trials(
        self, job: Job, windows: Sequence[Window], others_may_move: bool, *, all_timed: bool = False
    ) -> Trials:
        question = question_with(
            self.standing, self._bare, job, windows, roads=self._roads, others_may_move=others_may_move
        )
        appraiser = Appraiser(self.standing, question)
        return Trials(question, appraiser, others_may_move=others_may_move, all_timed=all_timed)

    def _able(self, trials: Trials, one: Tried) -> Suitability:
        bill = trials.bill(one)
        visits = next(job.new for job in one.jobs if job.job_id == trials.question.job.job_id)
        return Suitability(
            technician_id=one.technician_id,
            able=True,
            day=visits[0].day,
            start=one.stop.start,
            end=one.stop.end,
            added_cents=bill.difference_cents,
            sentence=able_words(one.technician_id, visits, bill, self._zone),
        )

    def _barred(self, trials: Trials) -> Iterator[Suitability]:
        """Yield for each technician what stands against it in the shift where least does."""
        subject = trials.question.subject
        writer = ReasonWriter(subject.loose, subject.bench, None)
        reason = writer.reason(trials.candidates.slots_of(0))
        closest = {one.technician_id: one for one in reversed(reason.obstacles)}
        for technician_id in self.standing.technicians:
            obstacle = closest.get(technician_id)
            if obstacle is not None:
                yield Suitability(
                    technician_id=technician_id,
                    able=False,
                    day=obstacle.day,
                    codes=obstacle.codes,
                    sentence=obstacle.sentence,
                )
                continue
            days = [one for one in reason.ruled_out if technician_id in one.technician_ids]
            window_day = trials.question.windows[0].start.astimezone(self._zone).date()
            day = next((one for one in days if one.day == window_day), None)
            codes = () if day is None else day.codes
            yield Suitability(
                technician_id=technician_id,
                able=False,
                day=None if day is None else day.day,
                codes=codes,
                sentence=barred_words(technician_id, codes),
            )


def _by_cents(one: Tried) -> tuple[int, float]:
    return one.cents, one.stop.start.timestamp()


def _breaches(document: PlanDocument) -> Iterator[Issue]:
    for one in document.assessment.findings:
        action = one.advice or "Plan again, or correct the plan."
        yield Issue("broken-plan", "plan", f"{one.code}: {one.sentence}", action)
