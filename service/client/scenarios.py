"""Scenarios: uploaded, checked, changed; single jobs taken in."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_json
from service.client.room import Room, at
from service.scenarios.intake_records import (
    IntakeInfo,
    IntakePage,
    IntakeState,
    NewJob,
    NewOutcome,
    RemoteHelp,
)
from service.scenarios.records import Changes, RevisionList, ScenarioInfo, ScenarioPage, Validated

R = TypeVar("R", bound=BaseModel)


class Scenarios(Room):
    """The operations of scenarios."""

    def upload_scenario(self, scenario: Scenario | Path, *, note: str = "") -> ScenarioInfo:
        """Upload a scenario.

        Parameters
        ----------
        scenario : what it says, or its file or folder, read here as ``paigong plan`` reads it
        note : why it is uploaded

        Raises
        ------
        ServiceProblem
            It is not valid; ``issues`` has all mistakes.
        InvalidInput
            A file is not valid, found before anything was sent.
        """
        return self._send("POST", at("scenarios"), ScenarioInfo, scenario, note)

    def validate_scenario(self, scenario: Scenario | Path | Mapping[str, Any]) -> Validated:
        """Have a scenario checked; nothing is stored.

        Parameters
        ----------
        scenario : what it says, its file or folder, or a document that may be wrong
        """
        return self._send("POST", at("scenarios", "validate"), Validated, scenario)

    def list_scenarios(self, *, limit: int = 50, after: str | None = None) -> ScenarioPage:
        """List scenarios, the newest first.

        Parameters
        ----------
        limit : at most so many, up to 200
        after : ``after`` of the page before
        """
        return self._connection.get(at("scenarios"), ScenarioPage, limit=limit, after=after)

    def get_scenario(self, scenario_id: str) -> ScenarioInfo:
        """Say what a scenario is called, and its newest revision."""
        return self._connection.get(at("scenarios", scenario_id), ScenarioInfo)

    def delete_scenario(self, scenario: ScenarioInfo) -> None:
        """Delete a scenario with its revisions, runs and plans, in the revision that was read."""
        headers = {"If-Match": f'"{scenario.revision}"'}
        self._connection.send("DELETE", at("scenarios", scenario.scenario_id), headers=headers)

    def get_scenario_content(self, scenario_id: str, *, revision: int | None = None) -> Scenario:
        """Return what a scenario says.

        Parameters
        ----------
        scenario_id : which
        revision : which of its revisions; none: the newest
        """
        return self._connection.get(at("scenarios", scenario_id, "content"), Scenario, revision=revision)

    def replace_scenario_content(
        self, scenario: ScenarioInfo, content: Scenario | Path, *, note: str = ""
    ) -> ScenarioInfo:
        """Replace what a scenario says, as it was read; returns it with its new revision.

        Parameters
        ----------
        scenario : the scenario as it was read
        content : what it says from now on, or its file or folder
        note : why
        """
        path = at("scenarios", scenario.scenario_id, "content")
        return self._send("PUT", path, ScenarioInfo, content, note, scenario.revision)

    def patch_scenario_content(
        self, scenario: ScenarioInfo, patch: Mapping[str, Any], *, note: str = ""
    ) -> ScenarioInfo:
        """Change some of what a scenario says, as it was read; returns it with its new revision.

        Parameters
        ----------
        scenario : the scenario as it was read
        patch : what changes, e.g. ``{"jobs": {"J7": {"priority": "emergency"}}}``; none removes
        note : why
        """
        path = at("scenarios", scenario.scenario_id, "content")
        return self._send("PATCH", path, ScenarioInfo, patch, note, scenario.revision)

    def list_revisions(self, scenario_id: str) -> RevisionList:
        """List a scenario's revisions, the newest first."""
        return self._connection.get(at("scenarios", scenario_id, "revisions"), RevisionList)

    def compare_revisions(self, scenario_id: str, older: int, newer: int | None = None) -> Changes:
        """Say how two revisions differ.

        Parameters
        ----------
        scenario_id : which scenario
        older : number of the older revision
        newer : number of the newer one; none: the newest
        """
        path = at("scenarios", scenario_id, "changes")
        return self._connection.get(path, Changes, older=older, newer=newer)

    def take_job_in(self, scenario: ScenarioInfo, job: Job, remote_help: RemoteHelp) -> IntakeInfo:
        """Take a single job in; with ``not_tried`` it waits until remote help was tried.

        Parameters
        ----------
        scenario : the scenario as it was read
        job : the job
        remote_help : whether the customer was helped from afar
        """
        path = at("scenarios", scenario.scenario_id, "jobs")
        new = NewJob(job=job, remote_help=remote_help)
        version = None if remote_help == "not_tried" else scenario.revision
        return self._connection.change("POST", path, IntakeInfo, new, version=version)

    def list_intakes(
        self,
        scenario_id: str,
        *,
        state: IntakeState | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> IntakePage:
        """List the jobs taken in one by one.

        Parameters
        ----------
        scenario_id : which scenario
        state : in this state only; none: all
        limit : at most so many, up to 200
        after : ``after`` of the page before
        """
        path = at("scenarios", scenario_id, "intakes")
        return self._connection.get(path, IntakePage, state=state, limit=limit, after=after)

    def tell_outcome(
        self, scenario: ScenarioInfo, job_id: str, *, solved: bool, confirmed_at: datetime | None = None
    ) -> IntakeInfo:
        """Say how remote help went for a job that waits: it is solved, or somebody has to go.

        Parameters
        ----------
        scenario : the scenario as it was read
        job_id : the job
        solved : the customer was helped; else a visit was confirmed, and the job goes into the scenario
        confirmed_at : when the visit was confirmed; none: now
        """
        path = at("scenarios", scenario.scenario_id, "intakes", job_id, "outcome")
        outcome = NewOutcome(solved=solved, visit=not solved, confirmed_at=confirmed_at)
        return self._connection.change("POST", path, IntakeInfo, outcome, version=scenario.revision)

    def _send(
        self,
        method: str,
        path: str,
        record: type[R],
        scenario: Scenario | Path | Mapping[str, Any],
        note: str = "",
        version: int | None = None,
    ) -> R:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        params = {"note": note or None}
        answer = self._connection.send(
            method, path, params=params, content=_written(scenario), headers=headers
        )
        return record.model_validate_json(answer.content)


def _written(scenario: Scenario | Path | Mapping[str, Any]) -> bytes:
    if isinstance(scenario, Mapping):
        return json.dumps(scenario, ensure_ascii=False).encode()
    # A folder's scenario may name files beside it, so it is read here.
    return scenario_json(load_scenario(scenario) if isinstance(scenario, Path) else scenario).encode()
