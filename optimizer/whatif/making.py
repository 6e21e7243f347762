"""What a worker does, wherever it runs: makes one sample after the other."""

from typing import Any

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_sample import Sample
from optimizer.whatif.demand.changed import changed_model
from optimizer.whatif.executor import Assignment, SampleTask
from optimizer.whatif.sample_key import of_samples
from optimizer.whatif.variants.apply import demand_changes, variant_scenario


class SampleMaker:
    """Makes samples of one assignment; each variant's scenario is made once.

    Scenarios of variants share with the base whatever they do not change, so that many of them take little memory.

    Parameters
    ----------
    assignment : what the samples are made of
    """

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._scenarios: dict[str, Scenario] = {}

    def made(self, task: SampleTask) -> Sample:
        """Make a sample.

        Parameters
        ----------
        task : which

        Raises
        ------
        InvalidInput
            The variant's changes cannot be made.
        """
        given = self._assignment
        study = of_samples(given.study, task.variant)
        model, name = self._model(task), task.variant.name
        sample = given.simulate(given.base, self._scenario(task), model, study, name, task.chain)
        if (sample.variant, sample.chain) != (task.variant.name, task.chain):
            raise RuntimeError(f"chain {sample.chain} of {sample.variant!r} was made instead of {task}")
        return sample

    def _model(self, task: SampleTask) -> Any:
        model = self._assignment.model
        changes = demand_changes(task.variant.changes)
        return changed_model(model, changes) if changes and isinstance(model, DemandModel) else model

    def _scenario(self, task: SampleTask) -> Scenario:
        key = task.variant.model_dump_json(exclude={"story"})
        if key not in self._scenarios:
            self._scenarios[key] = variant_scenario(self._assignment.base, task.variant.changes)
        return self._scenarios[key]
