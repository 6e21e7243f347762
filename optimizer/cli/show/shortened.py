"""Text that is cut where its column ends, at the end of a word rather than in the middle of one."""

from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_KEPT: Final = 0.6
# A cut at a word's end may cost so much of the column; beyond that it is cut in the middle of the word.


def shortened(text: str, width: int) -> str:
    """Return a text that fits a width, with an ellipsis where something is left out.

    Parameters
    ----------
    text : one line; Chinese characters are two columns wide
    width : columns there are, at least 1
    """
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    kept = set_cell_size(text, width - 1).rstrip()
    whole = kept if text[len(kept) : len(kept) + 1] in (" ", ",", "，") else kept.rpartition(" ")[0]
    whole = whole.rstrip(" ,，·;；(（-")
    return f"{whole if cell_len(whole) >= _KEPT * width else kept}…"


class Shortened:
    """A line that fits its column.

    Parameters
    ----------
    text : the line
    style : how it is printed
    """

    def __init__(self, text: str, style: str = "none") -> None:
        self.text = text
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(shortened(self.text, options.max_width), self.style, no_wrap=True, overflow="ellipsis")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(8, cell_len(self.text)), cell_len(self.text)).with_maximum(options.max_width)
