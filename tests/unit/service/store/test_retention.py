"""What is kept, and what is swept when its time has come."""

from datetime import timedelta
from functools import partial

from optimizer.control import Iterations
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.planning import plan_scenario
from optimizer.scenario_library import scenario_path
from optimizer.settings import Settings
from service.caller import LOCAL
from service.plans.keep import Packed, keep_plan, packed
from service.runs.queue import ask
from service.runs.records import RunRequest
from service.runs.states import end
from service.scenarios.upload import revise, to_change, upload, written
from service.store import Store, Transaction, tables
from service.store.ids import new_id
from service.store.retention import AT_ONCE, sweep
from service.store.runs import run_row
from service.store.scenarios import revision_row
from service.store.studies import add_sample
from service.studies.queue import ask as ask_for_study
from service.studies.queue import ask_to_cancel
from service.studies.reading import Prepared
from tests.unit.service.served import NOON

SETTINGS = Settings(keep_runs_days=10, keep_answers_h=24, keep_audit_days=30, keep_boards_days=60)
DAY = timedelta(days=1)


def counts(store: Store, *kinds: type[tables.Table]) -> list[int]:
    with store.read() as tx:
        return [tx.query(kind).count() for kind in kinds]


def answer(number: int, at: object) -> tables.KeptAnswer:
    return tables.KeptAnswer(
        key_id="k",
        idempotency_key=str(number),
        request_sha256="",
        status=200,
        headers={},
        body=b"",
        made_at=at,
    )


def test_answers_and_audit_entries_go_when_they_are_old(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        tx.add_all(answer(number, NOON) for number in range(AT_ONCE + 7))
        tx.add(answer(-1, NOON + DAY))
        for at in (NOON, NOON + 30 * DAY):
            tx.add(tables.AuditEntry(at=at, key_id="k", action="a", about="", detail={}, trace_id=""))

    store.write(fill)
    assert sweep(store, SETTINGS, NOON + timedelta(hours=25)) == AT_ONCE + 7
    assert counts(store, tables.KeptAnswer, tables.AuditEntry) == [1, 2]
    sweep(store, SETTINGS, NOON + 31 * DAY)
    assert counts(store, tables.KeptAnswer, tables.AuditEntry) == [0, 1]


def test_runs_plans_and_revisions_go_unless_a_board_shows_them(store: Store) -> None:
    scenario, plan = scenario_and_plan()
    scenario_id = store.write(lambda tx: upload(tx, LOCAL, written(scenario), "", NOON)).about
    shown = store.write(lambda tx: computed(tx, scenario_id, plan))
    for story in ("second", "third"):
        store.write(partial(changed_to, scenario_id=scenario_id, story=story))
        store.write(lambda tx: computed(tx, scenario_id, plan))
    store.write(lambda tx: tx.add(board(scenario_id, shown)))
    waiting = store.write(
        lambda tx: ask(tx, LOCAL, RunRequest(scenario_id=scenario_id, revision=2), SETTINGS, NOON)
    ).about
    kinds = (tables.Plan, tables.Run, tables.Revision)
    sweep(store, SETTINGS, NOON + 9 * DAY)
    assert counts(store, *kinds) == [3, 4, 3]
    sweep(store, SETTINGS, NOON + 11 * DAY)
    # What stays: the plan on the board with its run and revision; the run that waits with its; the newest revision.
    assert counts(store, *kinds) == [1, 2, 3]
    store.write(lambda tx: ended(tx, waiting))
    sweep(store, SETTINGS, NOON + 11 * DAY)
    assert counts(store, *kinds) == [1, 1, 2]


def test_boards_go_long_after_their_day_and_their_scenarios_with_them(store: Store) -> None:
    scenario, plan = scenario_and_plan()
    scenario_id = store.write(lambda tx: upload(tx, LOCAL, written(scenario), "", NOON)).about
    changed = store.write(lambda tx: upload(tx, LOCAL, written(scenario), "", NOON + 20 * DAY)).about
    waits = store.write(lambda tx: upload(tx, LOCAL, written(scenario), "", NOON)).about
    store.write(lambda tx: ask(tx, LOCAL, RunRequest(scenario_id=waits), SETTINGS, NOON))
    shown = store.write(lambda tx: computed(tx, scenario_id, plan))
    store.write(lambda tx: tx.add(board(scenario_id, shown)))
    kinds = (tables.Board, tables.Plan, tables.Run, tables.Revision, tables.Scenario)
    sweep(store, SETTINGS, NOON + 60 * DAY)
    assert counts(store, *kinds) == [1, 1, 2, 3, 3]
    sweep(store, SETTINGS, NOON + 61 * DAY)
    with store.read() as tx:
        assert {one.scenario_id for one in tx.query(tables.Scenario)} == {changed, waits}
    assert counts(store, *kinds) == [0, 0, 1, 2, 2]


def test_studies_go_with_their_samples_and_keep_their_revision_until_then(store: Store) -> None:
    scenario, _ = scenario_and_plan()
    scenario_id = store.write(lambda tx: upload(tx, LOCAL, written(scenario), "", NOON)).about
    study_id = store.write(lambda tx: study_of(tx, scenario_id))
    store.write(lambda tx: study_of(tx, scenario_id))
    store.write(partial(changed_to, scenario_id=scenario_id, story="second"))
    store.write(lambda tx: add_sample(tx, study_id, "key", b"{}"))
    kinds = (tables.Study, tables.StudySample, tables.StudyEvent, tables.Revision, tables.Scenario)
    assert counts(store, *kinds) == [2, 1, 2, 2, 1]
    store.write(lambda tx: ask_to_cancel(tx, LOCAL, study_id, NOON))
    sweep(store, SETTINGS, NOON + 9 * DAY)
    assert counts(store, *kinds) == [2, 1, 3, 2, 1]
    sweep(store, SETTINGS, NOON + 61 * DAY)
    assert counts(store, *kinds) == [1, 0, 1, 2, 1]  # the other one still waits


def study_of(tx: Transaction, scenario_id: str) -> str:
    """Put a study of the newest revision into the queue."""
    study = Prepared("one more", b"{}", None)
    return ask_for_study(tx, LOCAL, study, SETTINGS, NOON, scenario_id=scenario_id).about


def scenario_and_plan() -> tuple[Scenario, Packed]:
    path = scenario_path("rules/skill")
    assert path is not None
    scenario = load_scenario(path)
    return scenario, packed(plan_scenario(scenario, stop=Iterations(0), engine="greedy"))


def board(scenario_id: str, shown: str) -> tables.Board:
    """Return a board of the first day with a plan as draft."""
    return tables.Board(
        board_id=new_id("brd"),
        branch_id="B1",
        day=NOON.date(),
        scenario_id=scenario_id,
        version=1,
        state="draft",
        draft_plan_id=shown,
        published_plan_id=None,
        live={},
        changed_at=NOON,
    )


def computed(tx: Transaction, scenario_id: str, plan: Packed) -> str:
    """Add a run that has ended with a plan of the newest revision."""
    run_id = ask(tx, LOCAL, RunRequest(scenario_id=scenario_id), SETTINGS, NOON).about
    row = run_row(tx, run_id, LOCAL)
    assert row is not None
    made = keep_plan(
        tx, plan, scenario_id=scenario_id, revision=row.revision, run_id=run_id, made_by="local", now=NOON
    )
    end(tx, row, "finished", NOON, plan_id=made.plan_id, ended_by="finished")
    return made.plan_id


def changed_to(tx: Transaction, scenario_id: str, story: str) -> None:
    """Add a revision with another story."""
    row = to_change(tx, LOCAL, scenario_id, "*")
    newest = revision_row(tx, scenario_id, row.revision)
    assert newest is not None
    scenario = Scenario.model_validate_json(newest.body).model_copy(update={"story": story})
    revise(tx, LOCAL, row, written(scenario), "", NOON)


def ended(tx: Transaction, run_id: str) -> None:
    row = run_row(tx, run_id, LOCAL)
    assert row is not None
    end(tx, row, "cancelled", NOON)
