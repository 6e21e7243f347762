"""REPLY_WRITTEN: a drive-line fault is taken up in writing within half a day of the report.

Drive-line faults are those of engine and chassis that the user reports directly. The desk writes to get the
fault handled; filing the result and telling the user follow when it is there. The twelve hours run by the
calendar, the desk writes in desk hours.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Cents
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Source
from optimizer.rules.call_clock import CallClock, CallClockParams
from optimizer.rules.desk_tasks import DESK, Call


class ReplyWrittenParams(CallClockParams):
    """Parameters of `REPLY_WRITTEN`."""

    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 12
    """Hours by the calendar from the user's report to the letter at most."""
    missed_cents: Cents = 5_000
    """Price of missing the clock."""


class ReplyWritten(CallClock[ReplyWrittenParams]):
    """Drive-line faults are taken up in writing."""

    code = "REPLY_WRITTEN"
    title = "A drive-line fault is taken up in writing within 12 h of the report."
    section = "clock"
    hard = False
    source = (Source("000", "§3.2.3"), Source("assumption", "price"))
    params = ReplyWrittenParams
    event = "answering"
    awaited = "letter"

    def calls(self, scenario: Scenario, params: ReplyWrittenParams, timeline: Timeline) -> Iterator[Call]:
        """Yield the letter about each drive-line fault with a known report."""
        for job in scenario.jobs:
            if not job.drive_line or job.intake_at is None:
                continue
            intake_s = timeline.seconds(job.intake_at)
            written = job.desk.replied_in_writing_at
            yield Call(
                self.code,
                DESK,
                release_s=intake_s,
                due_s=intake_s + 3600 * params.within_h,
                sentence=f"Take up the drive-line fault of {job.job_id} in writing.",
                job_id=job.job_id,
                done_s=None if written is None else timeline.seconds(written),
            )


RULE = ReplyWritten()
