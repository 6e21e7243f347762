"""Says which engines there are; done in the studio, since only there the engines are loaded."""

import inspect

from service.reference.records import EngineEntry, EngineList
from service.studio import Shelf


def engine_list(shelf: Shelf) -> EngineList:
    """Return every engine.

    Parameters
    ----------
    shelf : what the process keeps; nothing is kept here
    """
    from optimizer.engines import ENGINES

    return EngineList(
        engines=tuple(
            EngineEntry(
                name=one.name,
                meaning=inspect.cleandoc(type(one).__doc__ or "").split("\n\n")[0].replace("\n", " "),
                handles=tuple(sorted(one.handles)),
            )
            for one in ENGINES
        )
    )
