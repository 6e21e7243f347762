"""The tables. What a row means to the outside is said by the records of each room (``service/*/records.py``)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Packed
from service.store.table import HASH, ID, NAME, NUMBER, WORD, Queued, Told
from service.store.table import Table as Table


class Key(Table):
    """API keys; the key itself is not kept, only its hash."""

    __tablename__ = "keys"
    key_id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(NAME)
    secret_sha256: Mapped[str] = mapped_column(HASH, unique=True)
    role: Mapped[str] = mapped_column(WORD)
    branches: Mapped[list[str] | None]
    """None: all branches."""
    technician_id: Mapped[str | None] = mapped_column(ID)
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignIn(Table):
    """Sessions of browsers; the cookie itself is not kept, only its hash."""

    __tablename__ = "sign_ins"
    secret_sha256: Mapped[str] = mapped_column(HASH, primary_key=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("keys.key_id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Scenario(Table):
    """Scenarios; what they say stands in their revisions."""

    __tablename__ = "scenarios"
    scenario_id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(NAME)
    revision: Mapped[int]
    """The newest."""
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ScenarioBranch(Table):
    """Branches that any revision of a scenario has had: who may not see one of them may not see the scenario."""

    __tablename__ = "scenario_branches"
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenarios.scenario_id", ondelete="CASCADE"), primary_key=True
    )
    branch_id: Mapped[str] = mapped_column(ID, primary_key=True)


class Revision(Table):
    """What a scenario said at a time; never changed."""

    __tablename__ = "revisions"
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenarios.scenario_id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(HASH)
    body: Mapped[bytes] = mapped_column(Packed)
    note: Mapped[str] = mapped_column(String(1000))
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]


class Intake(Table):
    """Jobs taken in that are tried to be solved remotely before anybody is sent."""

    __tablename__ = "intakes"
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenarios.scenario_id", ondelete="CASCADE"), primary_key=True
    )
    job_id: Mapped[str] = mapped_column(ID, primary_key=True)
    job: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(WORD)
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Run(Queued):
    """Runs: what is computed for whom, and how far it is; `tries` counts how often a worker has begun it."""

    __tablename__ = "runs"
    __table_args__ = (Index("runs_by_state", "state", "queued_at"),)
    run_id: Mapped[str] = mapped_column(ID, primary_key=True)
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenarios.scenario_id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int]
    asked: Mapped[dict[str, Any]]
    """Engine, limits, seed, preset, threads."""
    deadline_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(WORD)
    plan_id: Mapped[str | None] = mapped_column(ID)


class RunEvent(Told):
    """What is told of a run while it computes."""

    __tablename__ = "run_events"
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)


class Study(Queued):
    """Studies: what is simulated for whom, and how far it is; `tries` counts beginnings since the last new sample."""

    __tablename__ = "studies"
    __table_args__ = (Index("studies_by_state", "state", "queued_at"),)
    study_id: Mapped[str] = mapped_column(ID, primary_key=True)
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenarios.scenario_id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(NAME)
    body: Mapped[bytes] = mapped_column(Packed, deferred=True)
    """What was asked for; read when it is looked at."""
    result: Mapped[bytes | None] = mapped_column(Packed, deferred=True)
    """What it answers, read when it is looked at; none: not yet, or it has not finished."""


class StudyEvent(Told):
    """What is told of a study while it is simulated."""

    __tablename__ = "study_events"
    study_id: Mapped[str] = mapped_column(
        ForeignKey("studies.study_id", ondelete="CASCADE"), primary_key=True
    )


class StudySample(Table):
    """Samples of a study, kept as they come; never changed."""

    __tablename__ = "study_samples"
    study_id: Mapped[str] = mapped_column(
        ForeignKey("studies.study_id", ondelete="CASCADE"), primary_key=True
    )
    sample_key: Mapped[str] = mapped_column(HASH, primary_key=True)
    """What it was made of, see `optimizer.whatif.sample_key`."""
    number: Mapped[int | None]
    """Its place among those that the result was made of; none: there is no result yet."""
    body: Mapped[bytes] = mapped_column(Packed)


class Plan(Table):
    """Plans with their assessments; never changed."""

    __tablename__ = "plans"
    plan_id: Mapped[str] = mapped_column(ID, primary_key=True)
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenarios.scenario_id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int]
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.run_id", ondelete="SET NULL"), unique=True)
    """The run it came of; none: made by hand, or one of several that a re-plan has found."""
    branch_id: Mapped[str | None] = mapped_column(ID)
    """The branch whose part alone it plans; none: it plans all of its scenario."""
    body: Mapped[bytes] = mapped_column(Packed)
    sha256: Mapped[str] = mapped_column(HASH)
    summary: Mapped[dict[str, Any]]
    """Preset, key figures, total: what lists show."""
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]


class Board(Table):
    """A branch's live day."""

    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("branch_id", "day"),)
    board_id: Mapped[str] = mapped_column(ID, primary_key=True)
    branch_id: Mapped[str] = mapped_column(ID)
    day: Mapped[date]
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.scenario_id"), index=True)
    version: Mapped[int]
    """Rises with every change."""
    state: Mapped[str] = mapped_column(WORD)
    draft_plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.plan_id"))
    published_plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.plan_id"))
    live: Mapped[dict[str, Any]]
    """Approval, publication, promises told."""
    changed_at: Mapped[datetime]


class BoardPart(Table):
    """The branch's part of a plan that is on a board as draft or published; never changed."""

    __tablename__ = "board_parts"
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.plan_id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[bytes] = mapped_column(Packed)
    """Jobs, technicians, stops, promises to tell."""
    orders: Mapped[bytes] = mapped_column(Packed)
    """Dispatch orders and picking list."""
    known: Mapped[bytes] = mapped_column(Packed)
    """The names that events may use while the plan is followed, and whom it sends where."""


class BoardEvent(Table):
    """What has happened on a branch's day, in the order in which it was reported; never changed."""

    __tablename__ = "board_events"
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[dict[str, Any]]
    told_by: Mapped[str] = mapped_column(ID)
    told_at: Mapped[datetime]


class Proposals(Table):
    """What a re-plan of a board's day has found; its run computes it."""

    __tablename__ = "proposals"
    proposals_id: Mapped[str] = mapped_column(ID, primary_key=True)
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), index=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), unique=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.plan_id", ondelete="CASCADE"))
    """The published plan that is followed."""
    knows: Mapped[int]
    """Number of the last event of the board that it knows."""
    at: Mapped[datetime]
    """The moment from which on it plans."""
    asked: Mapped[dict[str, Any]]
    """Limits, seed, what is to be kept."""
    happened: Mapped[bytes] = mapped_column(Packed)
    """The events, and what customers were told."""
    found: Mapped[bytes | None] = mapped_column(Packed)
    """The short list; none: nothing was found yet."""
    superseded_by: Mapped[int | None]
    """Number of the event that ended it."""
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]


class Offers(Table):
    """When a new job could be done on a board's day, and which of its windows was taken."""

    __tablename__ = "offers"
    offers_id: Mapped[str] = mapped_column(ID, primary_key=True)
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), index=True)
    job_id: Mapped[str] = mapped_column(ID)
    plan_id: Mapped[str] = mapped_column(ID)
    """The published plan they were made beside; it may be swept."""
    knows: Mapped[int]
    """Number of the last event of the board that they know."""
    at: Mapped[datetime]
    """The moment they were made for."""
    found: Mapped[bytes] = mapped_column(Packed)
    """The job, and the windows that can be promised."""
    expires_at: Mapped[datetime]
    held: Mapped[bytes | None] = mapped_column(Packed)
    """The window that is held, and its offer; none: none is."""
    held_number: Mapped[int | None]
    """Holds count in this order."""
    held_until: Mapped[datetime | None]
    confirmed_plan_id: Mapped[str | None] = mapped_column(ID)
    """The plan that was published with the job."""
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]


class BoardMessages(Table):
    """What customers and technicians are to be told after a publication; never changed."""

    __tablename__ = "board_messages"
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    """The board's version by the publication."""
    body: Mapped[bytes] = mapped_column(Packed)


class BoardReport(Table):
    """Reports of closed days; never changed."""

    __tablename__ = "board_reports"
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[bytes] = mapped_column(Packed)


class BoardEntry(Table):
    """What was done on a board, in order; never changed."""

    __tablename__ = "board_entries"
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.board_id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    """The board's version after it."""
    kind: Mapped[str] = mapped_column(WORD)
    data: Mapped[dict[str, Any]]
    made_by: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]


class KeptAnswer(Table):
    """Answers to requests with an Idempotency-Key."""

    __tablename__ = "kept_answers"
    key_id: Mapped[str] = mapped_column(ID, primary_key=True)
    """Whose request it was."""
    idempotency_key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_sha256: Mapped[str] = mapped_column(HASH)
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes] = mapped_column(Packed)
    made_at: Mapped[datetime] = mapped_column(index=True)


class AuditEntry(Table):
    """Who did what (audit log); never changed."""

    __tablename__ = "audit_entries"
    number: Mapped[int] = mapped_column(NUMBER, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    key_id: Mapped[str] = mapped_column(ID)
    action: Mapped[str] = mapped_column(NAME)
    about: Mapped[str] = mapped_column(NAME)
    """Which object."""
    detail: Mapped[dict[str, Any]]
    trace_id: Mapped[str] = mapped_column(ID)


class Webhook(Table):
    """Where messages are sent."""

    __tablename__ = "webhooks"
    webhook_id: Mapped[str] = mapped_column(ID, primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    secret: Mapped[str] = mapped_column(NAME)
    """Signs the messages, so it must be kept as it is."""
    events: Mapped[list[str]]
    branches: Mapped[list[str] | None]
    made_by: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime]


class Delivery(Table):
    """Messages to be sent, and how that went."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_due", "state", "next_at"),)
    delivery_id: Mapped[str] = mapped_column(ID, primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.webhook_id", ondelete="CASCADE"), index=True)
    event: Mapped[str] = mapped_column(WORD)
    message: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(WORD)
    tries: Mapped[int]
    next_at: Mapped[datetime]
    last_answer: Mapped[str] = mapped_column(NAME)
    made_at: Mapped[datetime]
