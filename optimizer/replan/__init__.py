"""When the day changes: how far it is, what happened, what is left of it as a question of its own, and its close."""

from optimizer.replan.close import Closed, close_day
from optimizer.replan.following import with_expected
from optimizer.replan.progress import DaySoFar, Visit, progress
from optimizer.replan.proposals import Replanner, answered, replan, undominated
from optimizer.replan.reports import reports_of
from optimizer.replan.rest_of_day import rest_of_day
from optimizer.replan.revision import Revision, next_revision
from optimizer.replan.ways import drive_of

__all__ = [
    "Closed",
    "DaySoFar",
    "Replanner",
    "Revision",
    "Visit",
    "answered",
    "close_day",
    "drive_of",
    "next_revision",
    "progress",
    "replan",
    "reports_of",
    "rest_of_day",
    "undominated",
    "with_expected",
]
