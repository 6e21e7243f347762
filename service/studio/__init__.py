"""The studio: warm processes of their own for what is computed while the caller waits.

Explanations, checks, previews and VROOM requests are worked out here, so that neither runs nor the HTTP process are in
their way. A work is a function of a module whose first argument is the process's `Shelf`:

    def explain(shelf: Shelf, key: str, body: bytes | None) -> bytes | None: ...

    studio.ask(explain, plan_id, None, seconds=60, about=plan_id)

Questions about one thing go to one process. There the work finds what it kept on the shelf; where it is not (any more),
the work returns none, and the caller asks again with the thing itself. What goes in and out is pickled: bytes are
cheapest.
"""

from service.studio.errors import StudioBusy, StudioFailed, TooLong
from service.studio.shelf import Shelf
from service.studio.studio import Studio, StudioState

__all__ = ["Shelf", "Studio", "StudioBusy", "StudioFailed", "StudioState", "TooLong"]
