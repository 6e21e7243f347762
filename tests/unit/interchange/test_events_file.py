"""Files with the events of a day."""

from pathlib import Path

import pytest

from optimizer.domain.event import Finished, NewJob
from optimizer.errors import InvalidInput
from optimizer.interchange.events_file import events_json, load_events
from tests.unit.rules.build import at, job

EVENTS = (
    Finished(kind="finished", job_id="J1", at=at("10:00")),
    NewJob(kind="new_job", at=at("11:00"), job=job(job_id="J9")),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "events"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert load_events(written(tmp_path, events_json(EVENTS))) == EVENTS


def test_yaml_is_read_too(tmp_path: Path) -> None:
    text = 'events:\n  - {kind: finished, job_id: J1, at: "2026-07-15T10:00:00+08:00"}\n'
    assert load_events(written(tmp_path, text)) == EVENTS[:1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'events:\n  - {kind: nothing, at: noon}\n  - {kind: call_off, at: "2026-07-15T10:00:00+08:00"}\n',
            [(2, "events[0]"), (3, "events[1].technician_id")],
        ),
        ('{"events": [\n{"kind": "finished", "job_id": "J1", "at": 900}]}', [(2, "events[0].at")]),
        ("[]", [(1, "")]),
    ],
)
def test_every_mistake_has_its_place(text: str, expected: list[tuple[int, str]], tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        load_events(written(tmp_path, text))
    assert [(one.line, one.path) for one in refused.value.issues] == expected


def test_a_kind_that_is_not_known_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    text = 'events:\n  - {kind: canceled, job_id: J1, at: "2026-07-15T10:00:00+08:00"}\n'
    with pytest.raises(InvalidInput) as refused:
        load_events(written(tmp_path, text))
    (one,) = refused.value.issues
    assert one.cause.startswith("There is no kind 'canceled'; there are call_off, no_show, ")
    assert one.action == "Did you mean 'cancelled'?"
