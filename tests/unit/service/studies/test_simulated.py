"""A tiny study, simulated by workers of the service: the same bytes as `paigong whatif` writes."""

import json
import time
from pathlib import Path
from typing import Final

from optimizer import cli
from service.cli.whatif import whatif
from service.store.queue import ENDED
from service.studies.bodies import STUDY_BODY
from service.studies.keeper import StudyKeeper
from tests.unit.service.served import backend_of, served
from tests.unit.service.studies.made_up import info

EXAMPLE: Final = STUDY_BODY["requestBody"]["content"]["application/json"]["examples"]["small"]["value"]
"""The documentation's example: 4 samples of 3 days with 2 or 3 technicians."""
PATIENCE_S: Final = 240.0


def test_the_service_answers_as_the_command_does(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with served(tmp_path / "store", studio=1, study_workers=1) as client:
        study_id = client.post("/studies", json=EXAMPLE).json()["study_id"]
        backend = backend_of(client)
        keeper = StudyKeeper(backend)
        keeper.start()
        until_s = time.monotonic() + PATIENCE_S
        while info(backend, study_id).state not in ENDED:
            assert time.monotonic() < until_s
            time.sleep(0.1)
        keeper.stop()
        found = info(backend, study_id)
        assert (found.state, found.problem) == ("finished", None)
        paths = ("result", "samples.csv", "report")
        answers = [client.get(f"/studies/{study_id}/{path}").content for path in paths]
    study, out = tmp_path / "study.json", tmp_path / "out"
    study.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    line = ["whatif", str(study), "--workers", "1", "--out", str(out)]
    assert cli.run(line, (*cli.COMMANDS, whatif)) == 0
    written = [out / name for name in ("result.json", "samples.csv", "report.html")]
    assert answers == [one.read_bytes() for one in written]
