"""Ties in the model: who makes up a crew, what follows what, who comes again."""

from itertools import combinations

from optimizer.engines.exact.terms import Amount, CpModel, Variable, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import A_TOOL, ANOTHER, ANYONE, APART, BEFORE, SAME, UNLIMITED, Problem, tied

Able = list[Tour]
"""The shifts that may make a visit."""


class Ties:
    """The variables and constraints of visits that are tied to others; none where nothing is tied.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tours : all routes
    left : for each visit, whether its job is left out
    """

    def __init__(self, model: CpModel, problem: Problem, tours: list[Tour], left: list[Variable]) -> None:
        self._model = model
        self._problem = problem
        self._left = left
        self._able: list[Able] = [
            [tour for tour in tours if row in tour.serves] for row in range(len(problem.place))
        ]
        self.begin: dict[int, Variable] = {}
        """Lead that is tied in time → when it starts; means nothing where its job is left out."""
        for lead in tied(problem).nonzero()[0].tolist():
            self._start_together(lead)
            crew = problem.crew[problem.crew_ptr[lead] : problem.crew_ptr[lead + 1]].tolist()
            if crew:
                self._make_up(lead, crew, tours)
        for link in range(len(problem.link_from)):
            self._order(link)
            self._who(link)

    def _start_together(self, lead: int) -> None:
        from ortools.sat.python.cp_model import Domain

        p = self._problem
        rows = range(p.window_ptr[lead], p.window_ptr[lead + 1])
        spans = [(int(p.window_open[row]), int(p.window_close[row])) for row in rows]
        if not spans:  # it can never start, so nobody serves it
            return
        self.begin[lead] = begin = self._model.new_int_var_from_domain(Domain.from_intervals(spans), "")
        for row in (p.lead == lead).nonzero()[0].tolist():
            for tour in self._able[row]:
                self._model.add(tour.start[row] == begin).only_enforce_if(tour.serves[row])

    def _make_up(self, lead: int, crew: list[int], tours: list[Tour]) -> None:
        """Let a crew be of different shifts, all people of one standing crew or of none, with what it needs."""
        p = self._problem
        for tour in tours:
            self._model.add_at_most_one(tour.serves[row] for row in crew if row in tour.serves)
        numbers = sorted(set(p.standing.tolist()) - {A_TOOL})
        for one, other in combinations(crew, 2):
            for number in numbers if len(numbers) > 1 else ():
                here = [
                    tour.serves[one] for tour in self._able[one] if p.standing[tour.reach.shift] == number
                ]
                elsewhere = [
                    tour.serves[other]
                    for tour in self._able[other]
                    if p.standing[tour.reach.shift] not in (number, A_TOOL)
                ]
                self._model.add_at_most_one(here + elsewhere)
        cover = int(p.cover_row[lead])
        needs = int(p.cover_all[cover]) if cover >= 0 else 0
        for bit in (1 << i for i in range(needs.bit_length()) if needs >> i & 1):
            brought = [
                tour.serves[row]
                for row in crew
                for tour in self._able[row]
                if int(p.cover[cover, tour.reach.shift]) & bit
            ]
            self._model.add_bool_or([self._left[lead], *brought])

    def _order(self, link: int) -> None:
        """Let the second visit follow the first with its gap, or the two be apart in either order."""
        p = self._problem
        first, second = int(p.link_from[link]), int(p.link_to[link])
        if p.link_order[link] == BEFORE:
            self._model.add_implication(self._left[first], self._left[second])
        if first not in self.begin or second not in self.begin:
            return
        there = [~self._left[first], ~self._left[second]]
        if p.link_order[link] == BEFORE:
            since = self._end(first) if p.link_on_end[link] else self.begin[first]
            self._not_before(second, since + int(p.link_least[link]), there)
            most = int(p.link_most[link])
            if most < UNLIMITED:
                self._model.add(self.begin[second] <= since + most).only_enforce_if(there)
            for tour in self._able[first] if p.link_next_day[link] else ():
                next_day_s = int(p.next_day_s[tour.reach.shift])
                self._not_before(second, next_day_s, [tour.serves[first], ~self._left[second]])
        elif p.link_order[link] == APART:
            in_order = self._model.new_bool_var("")
            self._not_before(second, self._end(first), [*there, in_order])
            self._not_before(first, self._end(second), [*there, ~in_order])

    def _end(self, lead: int) -> Amount:
        """Return the end of a visit that is made."""
        return self.begin[lead] + total(tour.stay_s[lead] for tour in self._able[lead])

    def _not_before(self, lead: int, at: Amount, where: list[Variable]) -> None:
        self._model.add(self.begin[lead] >= at).only_enforce_if(where)

    def _who(self, link: int) -> None:
        """Let one person make both visits, or two people, where both are made."""
        p = self._problem
        first, second, who = int(p.link_from[link]), int(p.link_to[link]), int(p.link_who[link])
        if who == ANYONE:
            return
        for person in sorted(set(p.person.tolist())):
            one, other = (
                total(tour.serves[row] for tour in self._able[row] if p.person[tour.reach.shift] == person)
                for row in (first, second)
            )
            if who == SAME:
                both = [~self._left[first], ~self._left[second]]
                self._model.add(one == other).only_enforce_if(both)
            elif who == ANOTHER:
                self._model.add(one + other <= 1)
