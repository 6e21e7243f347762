"""Operates a day: its plan is published, what happens is answered by planning again, in the evening it is closed."""

from optimizer.operate.choosing import Choice, Chooser, Ground, as_a_dispatcher
from optimizer.operate.running_day import RunningDay, Taken
from optimizer.operate.scripted import Played, PlayedDay, ScriptedDay, Turn
from optimizer.operate.telling import Ordered, Told, published

__all__ = [
    "Choice",
    "Chooser",
    "Ground",
    "Ordered",
    "Played",
    "PlayedDay",
    "RunningDay",
    "ScriptedDay",
    "Taken",
    "Told",
    "Turn",
    "as_a_dispatcher",
    "published",
]
