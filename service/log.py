"""The service's log: one line an event to standard error, as text or JSON; never what was sent, nor a query."""

import logging
import sys
from typing import Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from service.mistakes import places

_QUIET: Final = (
    "uvicorn.access",
)  # it writes addresses with their query; `door.trace` writes every request instead
_TELLING: Final = ("uvicorn", "uvicorn.error")


def set_up_log(kind: Literal["text", "json"], stream: TextIO | None = None) -> None:
    """Send every line of the log, the server's own and the libraries' included, one way.

    Parameters
    ----------
    kind : text for people, or one JSON object a line
    stream : where it goes; none: standard error
    """
    target = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
    ]
    renderer = _renderer(kind, target)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(target),
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in _TELLING:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).disabled = True


def _renderer(kind: Literal["text", "json"], target: TextIO) -> Processor:
    if kind == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=_type_name)
    return structlog.dev.ConsoleRenderer(colors=target.isatty())


def _type_name(value: object) -> str:
    return type(value).__name__


def _without_values(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Say of an error what it is and where in the program; its message may hold customers' data."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["places"] = places(error)
    return event
