"""Structs of arrays: named tuples of arrays, or of other such structs, that compiled functions take
by reference.

numba hands a named tuple of arrays to a function as its parts, several hundred numbers in each
call, and compiling these calls takes more than a quarter of all compilation. A struct of arrays is
handed on as one address.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, TypeVar, cast

import numpy as np
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import (
    NativeValue,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)

NamedTuples = TypeVar("NamedTuples", bound=type)


def struct_of_arrays(named_tuples: NamedTuples) -> NamedTuples:
    """The class of *named_tuples*, all of whose fields are arrays or structs of arrays, as one that
    compiled functions take by reference.
    """
    attributes = {
        name: getattr(named_tuples, name) for name in ("__module__", "__qualname__", "__doc__")
    }
    return cast(
        NamedTuples, type(named_tuples.__name__, (StructOfArrays, named_tuples), attributes)
    )


class StructOfArrays:
    """What `struct_of_arrays` adds to a named tuple."""

    @property
    def address(self) -> int:
        """The address of the numbers that describe the fields, one after the other."""
        descriptions = self.__dict__.get("descriptions")
        if descriptions is None:
            fields = cast("tuple[np.ndarray[Any, Any] | StructOfArrays, ...]", self)
            numbers = np.array(
                [number for field in fields for number in _description(field)], np.int64
            )
            descriptions = self.__dict__.setdefault(
                "descriptions", numbers
            )  # the first of several threads sets them
        return int(descriptions.ctypes.data)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies, also those sent to other processes, take the arrays alone, as the descriptions
        hold addresses; and which of them are read-only, as code is compiled for that.
        """
        fields = cast("tuple[Any, ...]", self)
        locks = tuple(isinstance(one, np.ndarray) and not one.flags.writeable for one in fields)
        return _rebuild, (type(self), fields[:], locks)


def _rebuild(struct: type, fields: tuple[Any, ...], locks: tuple[bool, ...]) -> Any:
    """The *struct* of *fields*, of which *locks* says which are read-only arrays."""
    for field, is_locked in zip(fields, locks, strict=True):
        if is_locked:
            field.setflags(write=False)
    return struct(*fields)


def _description(field: np.ndarray[Any, Any] | StructOfArrays) -> tuple[int, ...]:
    """An array as numba's `ArrayModel` describes it: the owner of its memory (none) and of its
    object (none), how many elements of how many bytes, the address of the first, the shape, the
    strides. A struct is its address.
    """
    if isinstance(field, StructOfArrays):
        return (field.address,)
    return (0, 0, field.size, field.itemsize, field.ctypes.data, *field.shape, *field.strides)


class StructType(types.Type):
    """numba's type of a struct of arrays: its class, and each field with its type.

    The types of all fields stand in its name as one number: numba repeats the name in that of every
    function that takes such a struct, and a long one takes a tenth of the time of compilation.
    """

    def __init__(self, struct: type, fields: dict[str, Any]) -> None:
        self.fields = fields
        sizes = [
            1 if isinstance(field, StructType) else 5 + 2 * field.ndim for field in fields.values()
        ]
        self.distances = {
            name: 8 * sum(sizes[:place]) for place, name in enumerate(fields)
        }  # in bytes
        listed = ", ".join(f"{name}: {field}" for name, field in fields.items())
        number = sha256(listed.encode()).hexdigest()[:16]
        super().__init__(f"{struct.__module__}.{struct.__qualname__}({number})")


register_model(StructType)(models.OpaqueModel)  # an address


@typeof_impl.register(StructOfArrays)
def _type_of(struct: Any, context: Any) -> StructType:
    return StructType(
        type(struct),
        {name: typeof_impl(field, context) for name, field in struct._asdict().items()},
    )


@unbox(StructType)
def _unbox(_: StructType, struct: Any, c: Any) -> Any:
    """The address, taken from the Python object."""
    address = c.pyapi.object_getattr_string(struct, "address")
    number = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    failed = cgutils.is_not_null(c.builder, c.pyapi.err_occurred())
    return NativeValue(c.builder.inttoptr(number, cgutils.voidptr_t), is_error=failed)


@infer_getattr
class _Fields(AttributeTemplate):
    """The types of fields."""

    key = StructType

    def generic_resolve(self, struct: StructType, name: str) -> Any:
        return struct.fields.get(name)


@lower_getattr_generic(StructType)
def _read_field(context: Any, builder: Any, struct: StructType, address: Any, name: str) -> Any:
    """One field: the description of its array, number by number, or the address of its struct.

    The compiler is told that no description ever changes, so that a loop reads it once.
    """
    model = context.get_value_type(struct.fields[name])
    start = cgutils.pointer_add(
        builder, address, context.get_constant(types.intp, struct.distances[name])
    )
    description = builder.bitcast(start, model.as_pointer())
    unchanging = builder.module.add_metadata([])
    if isinstance(struct.fields[name], StructType):
        inner = builder.load(description)
        inner.set_metadata("invariant.load", unchanging)
        return inner
    array = context.get_constant_undef(struct.fields[name])
    for k, part in enumerate(model.elements):
        places = [(k, axis) for axis in range(part.count)] if hasattr(part, "count") else [(k,)]
        for place in places:
            number = builder.load(cgutils.gep_inbounds(builder, description, 0, *place))
            number.set_metadata("invariant.load", unchanging)
            array = builder.insert_value(array, number, place)
    return array
