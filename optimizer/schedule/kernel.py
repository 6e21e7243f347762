"""The decorator of every kernel: compiled by numba, kept on disk, compiled anew when any kernel's source changes.

Numba looks at the file of the one function when it decides whether the compiled code on disk is still good; kernels
call each other across files, so here the stamp covers all of them.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, ParamSpec, TypeVar

from numba import njit, types
from numba.core.caching import FunctionCache

P = ParamSpec("P")
R = TypeVar("R")

ROOT = Path(__file__).parents[1]
CALLERS = {
    "plan.py",
    "days.py",
    "parts.py",
    "restocks.py",
    "halt_rows.py",
    "shorten.py",
    "engine.py",
    "search.py",
    "warm.py",
    "warm_start.py",
    "answer.py",
}
"""Files beside the kernels that only call them: no kernel reads a name of theirs."""
SOURCES = (
    ROOT / "problem.py",
    *(
        path
        for folder in ("schedule", "engines/lns", "engines/order")
        for path in sorted((ROOT / folder).glob("*.py"))
        if path.name not in CALLERS
    ),
)
STAMP = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()


class _KernelCache(FunctionCache):  # type: ignore[misc]
    """Numba's own cache on disk with a stamp that covers all kernels."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self._cache_file._source_stamp = (self._cache_file._source_stamp, STAMP)

    def load_overload(self, signature: Any, context: Any) -> Any:
        """Return the compiled code, or none; files that another version wrote and this one cannot read are emptied."""
        try:
            return super().load_overload(signature, context)
        except (AttributeError, ImportError, EOFError, UnpicklingError):
            self.flush()
            return None


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function at its first call; it runs without the interpreter's lock.

    Parameters
    ----------
    function : plain loops over arrays and numbers
    """
    compiled = njit(nogil=True)(function)
    if compiled is not function:
        _ask_for_plain_numbers(compiled)
        if "<" not in function.__code__.co_filename:
            compiled._cache = _KernelCache(function)
    return compiled


def _ask_for_plain_numbers(compiled: Any) -> None:
    """Let other kernels call this one with 64-bit numbers only.

    Numba compiles a kernel anew for every mixture of 32 and 64 bits and for every constant it is called with, and
    each of them with all that it calls.
    """
    template = compiled.get_call_template

    def plain_template(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return template(
            tuple(map(_plain, args)), {name: _plain(argument) for name, argument in dict(kws).items()}
        )

    compiled.get_call_template = plain_template


def _plain(argument: Any) -> Any:
    argument = types.unliteral(argument)
    return types.int64 if isinstance(argument, types.Integer) and argument.signed else argument
