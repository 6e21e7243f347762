"""Studies: asked for, followed, read."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.words.language import Language
from service.client.connection import JSON
from service.client.following import Happened, followed, waited
from service.client.room import Room, at
from service.studies.records import StudyInfo, StudyPage, StudyState

_YAML: Final = "application/yaml"


class StudyEvent(Happened):
    """Something that happened to a study; `progress` has how many samples there are, and how long it may take."""


class Studies(Room):
    """The operations of studies."""

    def ask_for_study(
        self,
        study: Study | Path | Mapping[str, Any],
        *,
        scenario_id: str | None = None,
        revision: int | None = None,
    ) -> StudyInfo:
        """Ask for a study; what comes of it is told by `listen_to_study` and `get_study`.

        Parameters
        ----------
        study : what to simulate, its file (YAML or JSON), or its document
        scenario_id : the stored scenario that it starts from, instead of the base it names; none: that base, which is
            made up or comes with the program
        revision : which revision of the scenario; none: the newest

        Raises
        ------
        ServiceProblem
            It is not valid or does not go with its base; ``issues`` has all mistakes.
        """
        content, kind = _sent(study)
        where = {"scenario_id": scenario_id, "revision": revision}
        answer = self._connection.send("POST", at("studies"), params=where, content=content, kind=kind)
        return StudyInfo.model_validate_json(answer.content)

    def list_studies(
        self,
        *,
        scenario_id: str | None = None,
        state: StudyState | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> StudyPage:
        """List studies, the newest first.

        Parameters
        ----------
        scenario_id : of this scenario only; none: of all
        state : in this state only; none: in any
        limit : at most so many, up to 200
        after : ``after`` of the page before
        """
        return self._connection.get(
            at("studies"), StudyPage, scenario_id=scenario_id, state=state, limit=limit, after=after
        )

    def get_study(self, study_id: str) -> StudyInfo:
        """Say where a study is, and how far."""
        return self._connection.get(at("studies", study_id), StudyInfo)

    def get_study_content(self, study_id: str) -> Study:
        """Return what was asked for."""
        return self._connection.get(at("studies", study_id, "content"), Study)

    def cancel_study(self, study_id: str) -> StudyInfo:
        """Ask a study to end without a result."""
        return self._connection.change("POST", at("studies", study_id, "cancel"), StudyInfo)

    def listen_to_study(self, study_id: str, *, after: int = 0) -> Iterator[StudyEvent]:
        """Yield what happens to a study until it ends; a broken connection is taken up where it broke.

        Parameters
        ----------
        study_id : which
        after : number of the last event that is known already

        Raises
        ------
        ServiceProblem
            There is no such study, or the service is busy for too long.
        httpx.TransportError
            The service was out of reach for too long.
        """
        return followed(self._connection, "studies", study_id, StudyEvent, self.get_study, after)

    def wait_for_study(self, study_id: str, *, seconds: float | None = None) -> StudyInfo:
        """Wait until a study has ended and return it.

        Parameters
        ----------
        study_id : which
        seconds : longest wait; none: as long as it takes

        Raises
        ------
        TimeoutError
            It has not ended in time.
        """
        return waited(self.get_study, study_id, seconds)

    def get_study_result(self, study_id: str) -> StudyResult:
        """Return what a finished study answers."""
        return self._connection.get(at("studies", study_id, "result"), StudyResult)

    def get_study_report(self, study_id: str, *, language: Language = "en") -> bytes:
        """Return what a finished study answers as one page, HTML.

        Parameters
        ----------
        study_id : which
        language : of the page
        """
        return self._connection.content(at("studies", study_id, "report"), language=language)

    def get_samples(self, study_id: str) -> bytes:
        """Return the simulated days of a finished study as a table, CSV."""
        return self._connection.content(at("studies", study_id, "samples.csv"))


def _sent(study: Study | Path | Mapping[str, Any]) -> tuple[bytes, str]:
    """Return a study as it is sent, with its Content-Type."""
    match study:
        case Study():
            return study.model_dump_json(exclude_unset=True).encode(), JSON
        case Path():
            return study.read_bytes(), JSON if study.suffix.lower() == ".json" else _YAML
        case _:
            return json.dumps(study).encode(), JSON
