"""Keys, sessions, entries and webhooks in stores of both kinds, also when several want the same at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

from service.access.keys import make_key, secret_hash
from service.caller import LOCAL
from service.door.problem import Problem
from service.keys.revoke import revoke
from service.session.sign_in import sign_in
from service.store import Store, Transaction, tables
from service.store.audit import AuditFilter, add_audit_entry, audit_rows
from service.store.keys import key_of_session, sign_in_row, valid_admin_keys
from service.store.webhooks import add_webhook, any_due, lease_due, waiting_deliveries
from service.webhooks.announce import announce
from tests.unit.service.served import NOON

HOUR = timedelta(hours=1)


def admin(store: Store) -> tuple[str, str]:
    """Make an admin's key; return its id and the key itself."""
    key, secret = store.write(
        lambda tx: make_key(
            tx, name="n", role="admin", branches=None, technician_id=None, made_by="local", now=NOON
        )
    )
    return key.key_id, secret


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do some works at the same moment, return what each returns or raises."""
    together = Barrier(len(works))

    def begun(work: Callable[[], object]) -> object:
        together.wait(30)
        try:
            return work()
        except Problem as problem:
            return problem.kind.status

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begun, works))


def withdraw(store: Store, key_id: str, *, even_last: bool = False) -> int:
    """Withdraw a key; return the status."""
    return store.write(lambda tx: revoke(tx, LOCAL, key_id, NOON, even_last=even_last)).status


def test_two_admins_who_withdraw_each_other_leave_one(store: Store) -> None:
    for _ in range(10):
        works = [partial(withdraw, store, admin(store)[0]) for _ in range(2)]
        assert sorted(map(str, at_once(*works))) == ["204", "409"]
        (left,) = store.write(lambda tx: valid_admin_keys(tx, NOON))
        withdraw(store, left.key_id, even_last=True)
        assert store.write(lambda tx: valid_admin_keys(tx, NOON)) == []


def test_a_session_holds_for_its_time_and_old_ones_are_forgotten(store: Store) -> None:
    _, secret = admin(store)
    opened = store.write(lambda tx: sign_in(tx, secret, hours=1, trace_id="t", now=NOON))
    assert opened is not None
    sha256 = secret_hash(opened.cookie)
    with store.read() as tx:
        assert key_of_session(tx, sha256, NOON + HOUR - timedelta(seconds=1)) is not None
        assert key_of_session(tx, sha256, NOON + HOUR) is None
    store.write(lambda tx: sign_in(tx, secret, hours=1, trace_id="t", now=NOON + HOUR))
    with store.read() as tx:
        assert sign_in_row(tx, sha256) is None


def test_entries_are_filtered_and_paged(store: Store) -> None:
    def write(tx: Transaction) -> None:
        for number in range(6):
            add_audit_entry(
                tx,
                tables.AuditEntry(
                    at=NOON + number * HOUR,
                    key_id=f"key_{number % 2}",
                    action="act",
                    about=f"x{number}",
                    detail={"n": number},
                    trace_id="",
                ),
            )
            tx.flush()

    store.write(write)

    def found(wanted: AuditFilter, after: int | None = None) -> list[str]:
        with store.read() as tx:
            return [row.about for row in audit_rows(tx, wanted, after=after, limit=3)]

    assert found(AuditFilter()) == ["x5", "x4", "x3"]
    with store.read() as tx:
        last = audit_rows(tx, AuditFilter(), after=None, limit=3)[-1].number
    assert found(AuditFilter(), after=last) == ["x2", "x1", "x0"]
    assert found(AuditFilter(key_ids={"key_0"}, since=NOON + HOUR, until=NOON + 4 * HOUR)) == ["x2"]
    assert found(AuditFilter(key_ids=set())) == []


def test_a_message_is_leased_by_one_server_only(store: Store) -> None:
    def write(tx: Transaction) -> None:
        webhook = tables.Webhook(
            webhook_id="whk_1",
            url="https://example.com/",
            secret="whsec_",
            events=["run.finished"],
            branches=["B1"],
            made_by="local",
            made_at=NOON,
        )
        add_webhook(tx, webhook)
        for number in range(30):
            announce(tx, event="run.finished", about=str(number), branches=["B1"], data={}, now=NOON)

    store.write(write)

    def lease() -> list[str]:
        leased = []
        while got := store.write(lambda tx: lease_due(tx, NOON, NOON + HOUR, 4)):
            leased += [row.delivery_id for row, _ in got]
        return leased

    lists = at_once(*[lease] * 4)
    leased = [one for each in lists if isinstance(each, list) for one in each]
    assert len(leased) == len({*leased}) == 30
    with store.read() as tx:
        assert waiting_deliveries(tx) == 30
        assert [any_due(tx, NOON), any_due(tx, NOON + HOUR)] == [False, True]
