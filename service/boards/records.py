"""What the service says of boards, and what is sent to it."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from optimizer.domain.assessment import ClockState, DeskTask
from optimizer.domain.base import Id, Name, Record
from optimizer.domain.day_report import DayReport
from optimizer.domain.event import Event
from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.promise import Promise
from optimizer.domain.time import Instant, Window
from service.boards.held_records import HeldSlot
from service.boards.live import Approval, Closed, Publication, State
from service.door.words import Day, OwnId


class NewBoard(Record):
    """A branch's day that is to be led."""

    scenario_id: OwnId
    """The scenario that has the branch and the day."""
    branch_id: Id
    """The branch."""
    day: Day
    """The day, one of the scenario's planned days."""
    window_min: Annotated[int, Field(ge=30, le=720)] = 120
    """Minutes of the window that a customer is told where none was agreed: two hours, so that an overrun of an hour
    before this visit is still inside. A quarter of it lies before the planned start, since days run late more often
    than early."""


class Draft(Record):
    """The plan that is to be the draft."""

    plan_id: OwnId
    """A plan of the board's scenario."""


class BoardInfo(Record):
    """A board without its plans and what has happened."""

    board_id: str
    """The board's id."""
    branch_id: str
    """The branch."""
    day: date
    """The day."""
    scenario_id: str
    """The scenario it belongs to."""
    version: int
    """Rises by one with every change; its ETag."""
    state: State
    """How far it is."""
    draft_plan_id: str | None
    """The draft; none: there is none."""
    published_plan_id: str | None
    """The published plan; none: nothing was published yet."""
    approval: Approval | None
    """The yes to the present draft; none: not yet."""
    publication: Publication | None
    """Who published what when, the last time; earlier ones stand in the entries."""
    closed: Closed | None
    """Who closed the day when, and the scenario of the next days; none: it goes on."""
    window_min: int
    """Minutes of the window that a customer is told where none was agreed."""
    changed_at: datetime
    """When it was changed last."""
    back: tuple[Id, ...] = ()
    """Said once, by what was just reported: jobs that were taken to be done and are not. They are work left over."""


class BoardPage(Record):
    """Some of the boards, the newest first."""

    boards: tuple[BoardInfo, ...]
    """The boards."""
    after: str | None
    """Send it as `after` for the next page; none: this is the last."""


class BoardTechnician(Record):
    """A technician of the branch."""

    technician_id: Id
    """The technician's id."""
    name: str = ""
    """What people call the technician; empty without the right `personal`."""


class BoardGuest(Record):
    """Somebody of another branch who comes to jobs together with the branch's people."""

    technician_id: Id
    """The technician's id."""
    branch_id: Id
    """The branch they belong to: the rest of their day stands on its board."""
    jobs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The jobs. A re-plan leaves these visits as they are."""


class PlanPart(Record):
    """The branch's part of a plan."""

    plan_id: str
    """The whole plan."""
    revision: int
    """The scenario's revision it answers."""
    plan_mark: str
    """Eight signs that stand on the dispatch orders made from it."""
    findings: int
    """Hard rules the whole plan breaks; it can be published only with 0."""
    technicians: tuple[BoardTechnician, ...]
    """All technicians of the branch."""
    guests: tuple[BoardGuest, ...] = ()
    """Who comes from other branches, to which jobs, on all days of the plan."""
    jobs: tuple[Job, ...]
    """The jobs they go to on the day, and those the branch is in charge of that the plan leaves out; without the right
    `personal` without names, telephone numbers, addresses and free text."""
    shifts: tuple[ShiftPlan, ...]
    """Their day: stops in order with their times."""
    unserved: tuple[Id, ...]
    """Jobs the branch is in charge of that the plan leaves out."""
    promises: tuple[Promise, ...]
    """What is to be told to each customer, not considering what they were told on this day already."""
    clocks: tuple[ClockState, ...] = ()
    """How the clocks stand in the plan that are met by arriving or finishing: of the jobs that are led by the branch's
    technicians on the day, and of those left out."""
    desk: tuple[DeskTask, ...] = ()
    """Calls and answers that are owed for the branch's jobs, in order of time."""
    appear_by: dict[Id, Instant] = {}
    """By when each technician must have appeared on the day; who has clocked in is not among them."""


class ToldEvent(Record):
    """Something that has happened on a board, as it was reported."""

    number: int
    """Its number on the board, from 1."""
    event: Event
    """What has happened; without the right `personal` without names, telephone numbers, addresses and reasons."""
    told_by: str
    """Id of the key that reported it."""
    told_at: datetime
    """When it was reported."""


class ToldEvents(Record):
    """Some of what has happened on a board, in the order in which it was reported."""

    events: tuple[ToldEvent, ...]
    """What."""
    after: int | None
    """Send it as `after` for the next page; none: this is the last."""


class BoardView(Record):
    """A branch's day: what is planned, what was told, what has happened."""

    board: BoardInfo
    """How far it is."""
    draft: PlanPart | None
    """The draft; none: there is none."""
    published: PlanPart | None
    """The published plan; none: nothing was published yet."""
    promises: tuple[Promise, ...]
    """What the published plan asks to tell each customer; `told`: that was done."""
    told: tuple[Promise, ...]
    """What each customer was told last."""
    happened: tuple[ToldEvent, ...]
    """Everything that has happened, in the order in which it was reported."""
    held: tuple[HeldSlot, ...] = ()
    """The windows of offers that are held at the moment, in the order in which they were given; they are in no plan."""


class BoardEntryInfo(Record):
    """One change of a board."""

    version: int
    """The board's version after it."""
    kind: Name
    """What was done: `created`, `drafted`, `approved`, `withdrawn`, `published`, `replanned`, `undone`,
    `told`, `happened`, `confirmed` (a window of offers), `closed`."""
    data: dict[str, Any]
    """With what: the plan's id, the job's id, the numbers of events."""
    made_by: str
    """Id of the key that did it."""
    at: datetime
    """When."""


class BoardEntryPage(Record):
    """Some of what happened on a board, the newest first."""

    entries: tuple[BoardEntryInfo, ...]
    """The changes."""
    before: int | None
    """Send it as `before` for the next page; none: this is the last."""


class NewEvents(Record):
    """What has happened."""

    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=1_000)]
    """The events, in any order. A technician reports of own jobs only: how calls and visits go."""


class CloseRequest(Record):
    """How the days after a closed one are to be."""

    days: Annotated[int, Field(ge=1, le=14)] | None = None
    """Planned days of the next scenario; none: those left of this one, else one."""
    same_shifts: bool = False
    """On days that were not planned so far people work as on the closed day, where nothing else is written."""


class ClosedDay(Record):
    """The end of a branch's day."""

    closed: Closed | None
    """Who closed it when, and the scenario of the next days; none: it goes on."""
    report: DayReport | None
    """How it was; none: it goes on."""


class NewTelling(Record):
    """A customer was told when somebody comes."""

    at: Instant
    """When the customer was told."""
    window: Window | None = None
    """What the customer was told; none: the window that the published plan asks to tell."""
