"""A shift's route in the model: which legs it drives, whom it serves, when."""

from optimizer.engines.exact.reach import HOME, Reach
from optimizer.engines.exact.terms import Amount, CpModel, Variable, total
from optimizer.problem import Problem


class Tour:
    """The variables of one shift's route.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    reach : what the shift can do, at least one job
    """

    def __init__(self, model: CpModel, problem: Problem, reach: Reach) -> None:
        shift = reach.shift
        self.reach = reach
        """What the shift can do."""
        self.start_s, self.latest_end_s = int(problem.start_s[shift]), int(problem.latest_end_s[shift])
        """Earliest leaving and latest end of the shift."""
        self.rests = range(problem.rest_ptr[shift], problem.rest_ptr[shift + 1])
        """Rows of its rests."""
        self.used: Variable = model.new_bool_var("")
        """It has any job."""
        self.serves: dict[int, Variable] = {job: model.new_bool_var("") for job in reach.spans}
        """Job → it is in the route."""
        self.legs: dict[tuple[int, int], Variable] = {key: model.new_bool_var("") for key in reach.legs}
        """Leg → it is in the route."""
        self.start = _starts(model, reach)
        """Job → start of its service; means nothing where the job is not in the route."""
        self.stay_s: dict[int, Amount] = {
            job: total(leg.stay_s * self.legs[key] for key, leg in reach.into(job).items())
            for job in reach.spans
        }
        """Job → seconds on site, set-up included where it is due."""
        self.leave = self._leaves(model)
        """Job or `HOME` → leaving it."""
        self.home: Variable = model.new_int_var(self.start_s, self.latest_end_s, "")
        """Arrival at the end place."""
        self._order(model)

    def _leaves(self, model: CpModel) -> dict[int, Amount]:
        """Return when places are left: at once where no rest can come between."""
        ends = {job: self.start[job] + self.stay_s[job] for job in self.start}
        if not self.rests:
            return {HOME: self.start_s, **ends}
        leave = {a: model.new_int_var(self.start_s, self.latest_end_s, "") for a in (HOME, *ends)}
        for job, end in ends.items():
            model.add(leave[job] >= end).only_enforce_if(self.serves[job])
        return leave

    def _order(self, model: CpModel) -> None:
        """Let the legs make one way from the start place to the end place, driven one after the other.

        Start and end are two nodes, joined to a ring: neither is optional, so the solver's cuts need not allow
        for that.
        """
        node = {job: i for i, job in enumerate((HOME, *self.serves))}
        end = len(node)
        ring = [(node[a], end if b == HOME else node[b], leg) for (a, b), leg in self.legs.items()]
        ring += [(node[job], node[job], ~served) for job, served in self.serves.items()]
        model.add_circuit([*ring, (node[HOME], end, ~self.used), (end, node[HOME], True)])
        for (a, b), leg in self.legs.items():
            arrival = self.leave[a] + self.reach.legs[a, b].drive_s
            model.add((self.home if b == HOME else self.start[b]) >= arrival).only_enforce_if(leg)

    def driven_s(self) -> Amount:
        """Return the seconds driven."""
        return total(leg.drive_s * self.legs[key] for key, leg in self.reach.legs.items())

    def on_site_s(self) -> Amount:
        """Return the seconds on site."""
        return total(leg.stay_s * self.legs[key] for key, leg in self.reach.legs.items())


def _starts(model: CpModel, reach: Reach) -> dict[int, Variable]:
    from ortools.sat.python.cp_model import Domain

    return {
        job: model.new_int_var_from_domain(Domain.from_intervals(spans), "")
        for job, spans in reach.spans.items()
    }
