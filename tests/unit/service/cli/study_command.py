"""``paigong whatif`` with a simulation that is drawn; also a program of its own, to be interrupted and killed."""

import signal
import sys
from pathlib import Path

from optimizer import cli
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.interchange.study_file import StudyWithBase, study_json
from optimizer.whatif.executor import Assignment
from service.cli.whatif import whatif_with
from tests.unit.interchange.documents import question
from tests.unit.whatif.stand_in import Model, assignment, study


def assigned(found: StudyWithBase, history: Path | None) -> Assignment:
    """Return an assignment; what is to go wrong stands in place of the history."""
    model = Model() if history is None else Model.model_validate_json(history.read_text())
    return Assignment(found.study, found.base, model, assignment(found.study).simulate)


def written(folder: Path, model: Model = Model(), **more: object) -> list[str]:  # noqa: B008 # immutable
    """Write a study and return the arguments for it."""
    (folder / "small.yaml").write_text(scenario_yaml(question()), encoding="utf-8")
    (folder / "study.json").write_text(study_json(study(**more)), encoding="utf-8")  # type: ignore[arg-type]
    (folder / "model.json").write_text(model.model_dump_json())
    return ["whatif", str(folder / "study.json"), "--history", str(folder / "model.json"), "--workers", "2"]


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code."""
    return cli.run(arguments, (*cli.COMMANDS, whatif_with(assigned)))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    sys.exit(run(sys.argv[1:]))
