"""A new job tried in the plan: put into a window, timed, billed and checked."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.diff.jobs import job_changes
from optimizer.domain.offer import FurtherTechnician, Offer, OfferWitness, Slide
from optimizer.domain.plan import Stop
from optimizer.domain.plan_diff import BillDiff, JobChange
from optimizer.domain.preview import PromisedStart
from optimizer.domain.promise import Promise
from optimizer.explain.outings import technician_of
from optimizer.offers.candidates import Candidate, Candidates
from optimizer.offers.promised import promise_of
from optimizer.offers.question import Question
from optimizer.offers.timed import timed
from optimizer.offers.worth import Appraiser, Worth
from optimizer.preview.cut import Surroundings
from optimizer.preview.promised import promised_starts
from optimizer.preview.retimed import Retimed
from optimizer.problem import Problem
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.promise import told_promises
from optimizer.words.offers import offer_words


class Tried(NamedTuple):
    """The plan with the job in it; every hard rule is kept."""

    technician_id: str
    """Who comes; of a crew the one who leads."""
    stop: Stop
    """Their first visit."""
    promise: Promise
    """What the customer would be told."""
    times: Retimed
    """The days that may be otherwise."""
    around: Surroundings
    """The plan around them."""
    worth: Worth
    """What it adds."""
    moves: tuple[PromisedStart, ...]
    """Starts told to other customers that move beyond the tolerance."""
    jobs: tuple[JobChange, ...]
    """Jobs that are done otherwise, the new one among them."""

    @property
    def cents(self) -> int:
        """What it adds to the bill."""
        return sum(self.worth.cents.values())


class Trials:
    """Tries a new job in the windows of a question.

    Parameters
    ----------
    question : the question with the job
    appraiser : tells what serving it adds
    others_may_move : whether starts told to other customers may move beyond the tolerance
    all_timed : whether every slot is timed with its ties, so that it is known what stops it
    """

    def __init__(
        self, question: Question, appraiser: Appraiser, *, others_may_move: bool, all_timed: bool
    ) -> None:
        self.question = question
        self.candidates = Candidates(question, timed=all_timed)
        self._appraiser = appraiser
        self._others_may_move = others_may_move
        self._zone = ZoneInfo(question.standing.scenario.time_zone)
        self._told = told_promises(question.standing.scenario)
        self._tolerance_s = 60 * question.standing.book.params(CHANGE).tolerance_min
        self._problem = cache(self._in_window)

    def by_technician(self, number: int) -> Iterator[Tried]:
        """Yield the cheapest way for each technician who can take the job in a window.

        They come in the order of the search's prices.

        Parameters
        ----------
        number : which of the question's windows
        """
        served: set[str] = set()
        for one in self.candidates.of_window(number):
            who = technician_of(self.question.compiled, one.shift)
            if who in served:
                continue
            found = self.tried(number, one)
            if found is not None:
                served.add(who)
                yield found

    def tried(self, number: int, candidate: Candidate) -> Tried | None:
        """Return the plan with the job in a window; none: it breaks a rule, or moves what others were told.

        Parameters
        ----------
        number : which of the question's windows
        candidate : who takes it
        """
        question = self.question
        change = self.candidates.change(candidate)
        found = None if change is None else timed(question, self._problem(number), change)
        if found is None:
            return None
        orders, times = found
        job_id = question.job.job_id
        who, stop = next(
            (day.technician_id, stop)
            for day in times.after.values()
            for stop in day.stops
            if stop.job_id == job_id and not stop.part and not stop.seat
        )
        window = question.windows[number]
        promise = promise_of(question.standing.scenario, job_id, window, who, stop.start)
        around = Surroundings(question.standing, orders, times, job_id)
        part = around.people.scenario
        customers = {job.job_id: job.customer for job in part.jobs if job.customer is not None}
        jobs = tuple(job_changes(*around.with_mates(), customers))
        moves = tuple(one for one in promised_starts(part, jobs) if self._moves(one))
        if moves and not self._others_may_move:
            return None
        worth = self._appraiser.worth(around, promise)
        if worth.findings:
            return None
        return Tried(who, stop, promise, times, around, worth, moves, jobs)

    def offer(self, best: Tried, others: list[Tried]) -> Offer:
        """Return an offer.

        Parameters
        ----------
        best : who would come
        others : who else could
        """
        job_id = self.question.job.job_id
        bill = self.bill(best)
        visits = next(one.new for one in best.jobs if one.job_id == job_id)
        moved = {one.job_id for one in best.moves}
        slides = tuple(
            Slide(job_id=one.job_id, old=one.old[0].start, new=one.new[0].start)
            for one in best.jobs
            if one.start_moved_s and one.job_id not in moved
        )
        changed = self.question.standing.in_order(best.times.changed())
        return Offer(
            job_id=job_id,
            window=best.promise.window,
            visits=visits,
            added_cents=bill.difference_cents,
            bill=bill,
            clocks=best.worth.clocks,
            other_clocks=best.worth.other_clocks,
            moves=best.moves,
            slides=slides,
            further=tuple(
                FurtherTechnician(
                    technician_id=one.technician_id,
                    start=one.stop.start,
                    end=one.stop.end,
                    added_cents=one.cents,
                )
                for one in others
            ),
            witness=OfferWitness(
                days=tuple(best.times.after[key] for key in changed if key in best.times.after),
                tools=tuple(one for one in best.times.tools_after if one not in best.times.tools_before),
            ),
            sentence=offer_words(
                best.promise.window, visits, bill, best.worth.clocks, len(slides), self._zone
            ),
        )

    def bill(self, one: Tried) -> BillDiff:
        """Return how the bill of the plan changes."""
        return self._appraiser.bill(one.worth.cents)

    def _in_window(self, number: int) -> Problem:
        return self.question.in_window(number)

    def _moves(self, one: PromisedStart) -> bool:
        """Tell whether a start that was told moves beyond the tolerance, or leaves its window."""
        if not one.told or one.old is None or one.new is None:
            return False
        allowed = self._told[one.job_id].start.timestamp() + self._tolerance_s
        return not one.kept or one.new.timestamp() > max(allowed, one.old.timestamp())
