"""Hands records of arrays to kernels by reference.

A named tuple is passed to a compiled function array by array, in hundreds of machine words a call. The same fields
behind one pointer (numba's structref) make calls between kernels cheap and compilation quick; kernels read the fields
in the same way, and with the JIT off they get the named tuple itself.
"""

from typing import Any, TypeVar

from numba import config, types
from numba.experimental import structref

from optimizer.problem import Problem

T = TypeVar("T", bound=tuple[Any, ...])

_PROXIES: dict[type, type] = {}


def refer_to(record: type[tuple[Any, ...]], struct: type[types.StructRef]) -> None:
    """Let `by_reference` hand over records of this class as this struct type.

    Parameters
    ----------
    record : a named tuple class
    struct : the struct type registered for it
    """
    fields = record._fields  # type: ignore[attr-defined]
    proxy = type(f"{record.__name__}Reference", (structref.StructRefProxy,), {})
    structref.define_proxy(proxy, struct, fields)
    _PROXIES[record] = proxy


def by_reference(record: T) -> T:
    """Return a record for use by kernels; the arrays are shared, not copied.

    Parameters
    ----------
    record : a named tuple of arrays and numbers, or of other such records
    """
    if config.DISABLE_JIT:
        return record
    fields = [by_reference(field) if type(field) in _PROXIES else field for field in record]
    return _PROXIES[type(record)](*fields)


@structref.register
class ProblemStruct(types.StructRef):  # type: ignore[misc]
    """A problem behind a pointer."""


refer_to(Problem, ProblemStruct)
