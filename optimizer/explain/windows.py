"""The windows of jobs as people write them."""

from optimizer.compile import Compiled
from optimizer.domain.time import Window
from optimizer.problem import FAR


def window_of(compiled: Compiled, row: int) -> Window | None:
    """Return a row of the problem's windows in moments; none: any time."""
    opens, closes = int(compiled.problem.window_open[row]), int(compiled.problem.window_close[row])
    if closes >= FAR // 2:
        return None
    moment = compiled.timeline.moment
    return Window(start=moment(opens), end=moment(closes))
