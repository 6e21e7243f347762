"""Hands records of arrays to kernels by reference.

A named tuple is passed to a compiled function array by array, in hundreds of machine words a call, and numba counts
references with atomic operations whenever a field is read; together they took nine tenths of the search's time. Here
a record is written once into a table of machine words (pointer, shape and strides of each array), and kernels get
the table's address. They read the fields as they would from the named tuple, which they do get with the JIT off.

What a kernel reads is lent: the arrays live as long as the `Reference`, which the caller holds. A kernel must not
return such an array.
"""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import config, typeof, types
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, lower_getattr_generic, models, register_model, unbox

T = TypeVar("T", bound=tuple[Any, ...])

WORD = ir.IntType(64)
BYTES = ir.IntType(8).as_pointer()


class RecordType(types.Type):  # type: ignore[misc]
    """Numba's type of a record behind an address.

    Parameters
    ----------
    record : name of the named tuple class
    fields : name, type and first word of each field
    """

    def __init__(self, record: str, fields: tuple[tuple[str, types.Type, int], ...]) -> None:
        self.fields = {name: (kind, word) for name, kind, word in fields}
        super().__init__(name=f"{record}({', '.join(f'{name}: {kind}' for name, kind, _ in fields)})")


class Reference:
    """A record behind an address; holds the record, so that what kernels read stays alive.

    Parameters
    ----------
    record : a named tuple of arrays, whole numbers, truth values, or such records
    """

    def __init__(self, record: tuple[Any, ...]) -> None:
        self._held = [Reference(value) if isinstance(value, tuple) else value for value in record]
        words = [word for value in self._held for word in _words_of(value)]
        self._words = np.array(words, np.int64)
        self._numba_type_ = _record_type(type(record), tuple(_type_of(value) for value in self._held))
        self.address = int(self._words.ctypes.data)


def by_reference(record: T) -> T:
    """Return a record for use by kernels; the arrays are shared, not copied.

    Parameters
    ----------
    record : a named tuple of arrays, whole numbers, truth values, or such records
    """
    return record if config.DISABLE_JIT else cast(T, Reference(record))


@cache
def _record_type(record: type[tuple[Any, ...]], kinds: tuple[types.Type, ...]) -> RecordType:
    rooms = [5 + 2 * kind.ndim if isinstance(kind, types.Array) else 1 for kind in kinds]
    names = record._fields  # type: ignore[attr-defined]
    return RecordType(record.__name__, tuple(zip(names, kinds, accumulate(rooms, initial=0), strict=False)))


_ARRAYS: dict[tuple[np.dtype[Any], int, int], types.Type] = {}
"""Numba's types of arrays by element type, dimensions and layout; finding one takes longer than its kernel may."""


def _type_of(value: object) -> types.Type:
    if isinstance(value, Reference):
        return value._numba_type_
    if not isinstance(value, np.ndarray):
        return types.int64
    alike = value.dtype, value.ndim, value.flags.num
    if alike not in _ARRAYS:
        _ARRAYS[alike] = typeof(value)
    return _ARRAYS[alike]


def _words_of(value: Any) -> Iterator[int]:
    """Yield the machine words of a field; those of an array as numba lays them out."""
    if isinstance(value, Reference):
        yield value.address
    elif isinstance(value, np.ndarray):
        yield from (0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides)
    else:
        yield int(value)


@register_model(RecordType)
class _RecordModel(models.OpaqueModel):  # type: ignore[misc]
    """An address."""


@infer_getattr
class _Fields(AttributeTemplate):  # type: ignore[misc]
    key = RecordType

    def generic_resolve(self, record: RecordType, field: str) -> types.Type | None:
        return record.fields[field][0] if field in record.fields else None


@lower_getattr_generic(RecordType)
def _read(context: Any, builder: Any, record: RecordType, address: Any, field: str) -> Any:
    kind, word = record.fields[field]
    at = builder.gep(builder.bitcast(address, WORD.as_pointer()), [ir.Constant(WORD, word)])
    value = builder.load(builder.bitcast(at, context.get_value_type(kind).as_pointer()))
    if not isinstance(kind, types.Array):
        return value
    array = context.make_array(kind)(context, builder, value=value)
    array.meminfo = ir.Constant(array.meminfo.type, None)  # lent: nobody counts its references
    return array._getvalue()


@unbox(RecordType)
def _unbox(record: RecordType, reference: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(reference, "address")
    address = c.builder.inttoptr(c.pyapi.long_as_ulonglong(number), BYTES)
    c.pyapi.decref(number)
    return NativeValue(address)
