"""What an earlier version has stored is there in the tables of this one."""

import json
import zlib
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from optimizer.domain.event import Event
from optimizer.domain.event_issues import Known
from service.boards.followed import event_of
from service.boards.live import live_of
from service.store import Store, tables
from service.store.database import sqlite_url
from service.store.migrations import configured, upgrade
from tests.unit.service.served import NOON

AT = "2026-07-15T09:0{}:00+08:00"


def test_what_was_reported_of_jobs_becomes_events(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path))
    store.write(lambda tx: command.upgrade(configured(tx.connection()), "0001"))
    facts = {
        "J1": [fact("on_the_way", 1), fact("started", 3), fact("finished", 5)],
        "J2": [fact("arrived", 2, "T2"), fact("part_missing", 4, "T2")],
    }
    shift = {
        "technician_id": "T1",
        "day": "2026-07-15",
        "stops": [{"job_id": "J1"}, {"job_id": "J2", "seat": 1}],
    }
    lead = {"technician_id": "T2", "day": "2026-07-15", "stops": [{"job_id": "J2"}]}
    part = {
        "technicians": [{"technician_id": "T1"}, {"technician_id": "T2"}],
        "jobs": [{"job_id": "J1"}, {"job_id": "J2"}],
        "shifts": [shift, lead],
    }

    def fill(tx: sa.orm.Session) -> None:
        run = tx.connection().exec_driver_sql
        moment = NOON.strftime("%Y-%m-%d %H:%M:%S.000000")
        run("INSERT INTO scenarios VALUES ('s', 's', 1, 'k', ?, ?)", (moment, moment))
        run("INSERT INTO plans VALUES ('p', 's', 1, NULL, x'', '', '{}', 'k', ?)", (moment,))
        live = json.dumps({"window_min": 120, "facts": facts})
        run(
            "INSERT INTO boards VALUES ('b', 'B1', '2026-07-15', 's', 5, 'published', NULL, 'p', ?, ?)",
            (live, moment),
        )
        body = zlib.compress(json.dumps(part).encode())
        run("INSERT INTO board_parts VALUES ('b', 'p', ?, ?)", (body, body))

    store.write(fill)
    upgrade(store)
    with store.read() as tx:
        assert live_of(tx.get_one(tables.Board, "b")).window_min == 120
        events: list[Event] = [event_of(one) for one in tx.query(tables.BoardEvent).order_by("number")]
        known = Known.model_validate_json(tx.query(tables.BoardPart).one().known)
    # In the order of their moments; which part was missing was not asked, so it is a visit in vain.
    assert [(one.kind, getattr(one, "job_id", "")) for one in events] == [
        ("on_the_way", "J1"),
        ("arrived", "J2"),
        ("started", "J1"),
        ("no_access", "J2"),
        ("finished", "J1"),
    ]
    assert known.crews == {"J1": ("T1",), "J2": ("T2", "T1")}
    store.close()


def test_plans_of_a_re_plan_name_their_branch(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path))
    store.write(lambda tx: command.upgrade(configured(tx.connection()), "0002"))

    def fill(tx: sa.orm.Session) -> None:
        moment = NOON.strftime("%Y-%m-%d %H:%M:%S.000000")

        def put(table: str, **given: object) -> None:
            """Put a row into a table; what is not said is empty."""
            run = tx.connection().exec_driver_sql
            columns = run(f"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')").all()
            kinds = {"VARCHAR(26)": moment, "INTEGER": 0, "JSON": "{}", "BLOB": zlib.compress(b"{}")}
            row = {
                name: given.get(
                    name, kinds.get(kind, moment if name.endswith("at") else "") if needed else None
                )
                for name, kind, needed in columns
            }
            marks = ", ".join("?" for _ in row)
            run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))

        put("scenarios", scenario_id="s")
        for plan_id in ("whole", "p1", "p2"):
            put("plans", plan_id=plan_id, scenario_id="s")
        put("runs", run_id="r", scenario_id="s", deadline_at=None)
        put("boards", board_id="b", branch_id="B1", day="2026-07-15", scenario_id="s")
        found = json.dumps({"by_name": {"repair": {"plan_id": "p1"}, "cheapest": {"plan_id": "p2"}}})
        packed = zlib.compress(found.encode())
        put("proposals", proposals_id="x", board_id="b", run_id="r", plan_id="whole", found=packed)

    store.write(fill)
    upgrade(store)
    with store.read() as tx:
        named = {one.plan_id: one.branch_id for one in tx.query(tables.Plan)}
    assert named == {"whole": None, "p1": "B1", "p2": "B1"}
    store.close()


def fact(state: str, minute: int, who: str = "T1") -> dict[str, str]:
    return {"state": state, "at": AT.format(minute), "technician_id": who, "by": "key"}
