"""What webhooks tell of."""

from typing import Final, Literal

Event = Literal["run.finished", "study.finished", "plan.published", "messages.made", "clock.at_risk"]
"""What can be listened for: a run or a study has ended, a branch's day was published, what each side is to be told of
it, a clock or a promised time is about to be missed."""

TEST: Final = "webhook.test"
"""The event of a message that is sent to try a webhook out."""
