"""Parts of numba that are no public interface, and that Parley overrides or calls.

numba may rename any of them in a new version. So pyproject.toml asks for no version above the one
that is tried here, and whoever raises that bound reads below what to look at.
"""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from numba.core.compiler_lock import global_compiler_lock

from sim import compilation, struct_of_arrays
from sim.machine_code import MachineCode

ROOT = Path(__file__).resolve().parent.parent

PROPERTY = "a property"

# Where it stands, and the names of its parameters.
PARTS = {
    # Overridden by Linked, LinkedCompiler and LinkedContext in sim/compilation.py.
    "numba.core.codegen:JITCodeLibrary.__init__": "self, codegen, name",
    "numba.core.codegen:JITCodeLibrary.codegen": PROPERTY,
    "numba.core.codegen:JITCodeLibrary.get_pointer_to_function": "self, name",
    "numba.core.codegen:JITCodeLibrary.serialize_using_object_code": "self",
    "numba.core.codegen:JITCodeLibrary._optimize_final_module": "self",
    "numba.core.codegen:JITCodeLibrary._finalize_final_module": "self",
    "numba.core.codegen:JITCPUCodegen.set_env": "self, env_name, env",
    "numba.core.codegen:JITCPUCodegen.unserialize_library": "self, serialized",
    "numba.core.cpu:CPUContext.codegen": "self",
    "numba.core.compiler:Compiler.__init__": (
        "self, typingctx, targetctx, library, args, return_type, flags, locals"
    ),
    # Called there.
    "numba.core.codegen:JITCodeLibrary.serialize_using_bitcode": "self",
    "numba.core.codegen:JITCodeLibrary.enable_object_caching": "self",
    # Overridden by CompiledType and Compilation there.
    "numba.core.types:Dispatcher.unify": "self, typingctx, other",
    "numba.core.types:Dispatcher.get_call_type": "self, context, args, kws",
    "numba.core.event:Listener.on_start": "self, event",
    "numba.core.event:Listener.on_end": "self, event",
    # Called there.
    "numba.core.types.misc:unliteral": "lit_type",
    "numba.core.event:register": "kind, listener",
    "numba.extending:register_model": "typecls",
    # Overridden by MachineCode in sim/machine_code.py.
    "numba.core.caching:NullCache.load_overload": "self, sig, target_context",
    "numba.core.caching:NullCache.save_overload": "self, sig, cres",
    # Called there.
    "numba.core.compiler:CompileResult._reduce": "self",
    "numba.core.compiler:CompileResult._rebuild": (
        "target_context, libdata, fndesc, env, signature, objectmode, lifted, typeann,"
        " reload_init, referenced_envs"
    ),
    "numba.core.codegen:JITCPUCodegen.magic_tuple": "self",
    "numba.core.codegen:JITCodeLibrary.has_dynamic_globals": PROPERTY,
    "numba.core.base:BaseContext.refresh": "self",
    "numba.core.serialize:dumps": "obj",
    "numba.core.types:Dispatcher.dispatcher": PROPERTY,
    # Called in sim/struct_of_arrays.py.
    "numba.core.cgutils:pointer_add": "builder, ptr, offset, return_type",
    "numba.core.cgutils:gep_inbounds": "builder, ptr, inds, kws",
    "numba.core.cgutils:is_not_null": "builder, val",
    "numba.core.base:BaseContext.get_value_type": "self, ty",
    "numba.core.base:BaseContext.get_constant": "self, ty, val",
    "numba.core.base:BaseContext.get_constant_undef": "self, ty",
    "numba.core.typing.templates:infer_getattr": "item",
    "numba.extending:lower_getattr_generic": "ty",
}


@pytest.mark.parametrize("place", PARTS)
def test_a_part_of_numba_is_as_it_was(place: str) -> None:
    module, _, name = place.partition(":")
    part: Any = import_module(module)
    for step in name.split("."):
        part = getattr(part, step, None)
    assert part is not None, f"numba {numba.__version__} has no {place}: see tests/test_numba.py"
    found = (
        PROPERTY if isinstance(part, property) else ", ".join(inspect.signature(part).parameters)
    )
    assert found == PARTS[place], f"{place} has changed in numba {numba.__version__}"


def double(number: float) -> float:
    """Twice the *number*."""
    return 2.0 * number


@pytest.fixture(scope="module")
def compiled_for_compiled_code() -> Any:
    """The dispatcher of `double` for other compiled code, and its result of compilation."""
    made = compilation.dispatcher(double, "compiled", cached=False, from_python=False)
    made.compile((numba.float64,))
    (result,) = made.overloads.values()
    return made, result


def test_a_dispatcher_asks_its_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(name: str) -> Callable[..., None]:
        return lambda *_: asked.append(name)

    monkeypatch.setattr(MachineCode, "__init__", lambda *_: None)
    monkeypatch.setattr(MachineCode, "load_overload", note("load"))
    monkeypatch.setattr(MachineCode, "save_overload", note("save"))
    assert compilation.dispatcher(double, "compiled")(2.0) == 4.0
    assert asked == ["load", "save"]


def test_the_code_of_a_linked_function_is_bitcode_without_machine_code(compiled_for_compiled_code):
    _, result = compiled_for_compiled_code
    assert isinstance(result.library, compilation.Linked)
    with global_compiler_lock:  # as where numba keeps it
        _, kind, code = result.library.serialize_using_object_code()
    assert kind == "bitcode"
    assert code[:2] == b"BC"
    assert result._fields == (
        "typing_context",
        "target_context",
        "entry_point",
        "typing_error",
        "type_annotation",
        "signature",
        "objectmode",
        "lifted",
        "fndesc",
        "library",
        "call_helper",
        "environment",
        "metadata",
        "reload_init",
        "referenced_envs",
    )


def test_an_array_is_described_by_the_numbers_that_a_struct_lists() -> None:
    array = numba.typeof(np.zeros((2, 3)))
    model = numba.core.datamodel.default_manager.lookup(array)
    assert model._fields == ("meminfo", "parent", "nitems", "itemsize", "data", "shape", "strides")
    assert len(struct_of_arrays._description(np.zeros((2, 3)))) == 5 + 2 * array.ndim


def test_numba_is_bounded_by_the_version_that_is_tried_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (bounds,) = (text for text in project["dependencies"] if text.startswith("numba>"))
    major, minor = numba.__version__.split(".")[:2]
    assert bounds.partition(",<")[2] == f"{major}.{int(minor) + 1}"
