"""Studies by the client: asked for, followed, read; their samples are drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from optimizer.domain.study import Study
from optimizer.settings import Settings
from service.backend import Backend
from service.client import Client, ServiceProblem
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studies.keeper import StudyKeeper
from service.studio import Studio
from tests.unit.interchange.documents import question
from tests.unit.service.listening import listening
from tests.unit.service.studies.made_up import ELSEWHERE, SMALL, drawn


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve without keys on a store that the module's tests share."""
    store = Store(sqlite_url(tmp_path_factory.mktemp("service")))
    upgrade(store)
    backend = Backend(Settings(), store, Studio(1))
    with (
        listening(backend, [StudyKeeper(backend, drawn)]) as where,
        Client(where, patience_s=5) as one,
    ):
        yield one
    store.close()


def test_a_study_is_asked_for_followed_and_read(client: Client) -> None:
    study = client.ask_for_study(SMALL)
    kinds = [event.kind for event in client.listen_to_study(study.study_id)]
    assert (kinds[:2], kinds[-1]) == (["queued", "running"], "finished")
    assert client.get_study(study.study_id).state == "finished"
    assert client.get_study_content(study.study_id).chains.most == 5
    result = client.get_study_result(study.study_id)
    assert [one.name for one in result.variants] == ["base", "one more"]
    assert b"<html" in client.get_study_report(study.study_id, language="zh")
    assert client.get_samples(study.study_id).count(b"\n") == 21  # the head, and 10 samples of 2 days
    assert client.list_studies(state="finished").studies[0].study_id == study.study_id


def test_a_stored_scenario_is_the_base_of_a_record_and_of_a_file(client: Client, tmp_path: Path) -> None:
    scenario = client.upload_scenario(question())
    file = tmp_path / "study.yaml"
    file.write_text("name: s\nbase: base.yaml\nvariants: [{name: as it is}]\nchains: {least: 2, most: 2}\n")
    for study in (Study.model_validate({**ELSEWHERE, "base": "base.yaml"}), file):
        asked = client.ask_for_study(study, scenario_id=scenario.scenario_id, revision=1)
        assert (asked.scenario_id, asked.revision) == (scenario.scenario_id, 1)
        assert client.wait_for_study(asked.study_id, seconds=60).state == "finished"
    with pytest.raises(ServiceProblem, match="files are not opened here") as refused:
        client.ask_for_study(file)
    assert refused.value.issues[0].pointer == "/base"


def test_an_ended_study_is_not_cancelled(client: Client) -> None:
    asked = client.ask_for_study(SMALL)
    client.wait_for_study(asked.study_id, seconds=60)
    with pytest.raises(ServiceProblem) as refused:
        client.cancel_study(asked.study_id)
    assert refused.value.status == 409
