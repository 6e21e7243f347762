"""Says what the samples of a study are made of: its base on all simulated days, its demand, the simulation."""

from collections.abc import Callable

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.errors import InvalidInput
from optimizer.whatif.demand.changed import changed_model
from optimizer.whatif.demand.default_model import default_model
from optimizer.whatif.demand.style import demand_issues
from optimizer.whatif.executor import Assignment
from optimizer.whatif.rhythm import with_shifts_on
from optimizer.whatif.simulate.chain import days_ahead, simulated_chain
from optimizer.whatif.variants.apply import demand_changes, variant_scenario

Fit = Callable[[Scenario, DemandModel], DemandModel]
"""Returns another demand for a base than that which is there."""


def assigned(study: Study, base: Scenario, *, fit: Fit | None = None) -> Assignment:
    """Return what the samples of a study are made of.

    Demand is the study's own, else as many jobs a day as the base has; then come the changes that always hold.

    Parameters
    ----------
    study : the study
    base : the scenario it starts from
    fit : changes the demand, e.g. by what a history says; none: it stays

    Raises
    ------
    InvalidInput
        The demand names what the base does not have, or a change that always holds cannot be made; lists all.
    """
    whole = with_shifts_on(base, days_ahead(study, base))
    model = study.demand or default_model(whole)
    if fit is not None:
        model = fit(whole, model)
    if issues := demand_issues(model, whole):
        raise InvalidInput(issues)
    changed = changed_model(model, demand_changes(study.always))
    return Assignment(study, variant_scenario(whole, study.always, "always"), changed, simulated_chain)
