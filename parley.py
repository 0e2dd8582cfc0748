"""Parley under its own name: `import parley` is `import sim`, and `import parley.X` is `import
sim.X`, with the same objects. `parley.__main__` is the command line, which lies in the dashboard.

Parley's packages lie in folders called sim, scenarios and dashboard, which are names that others
use, too. So this file takes the sim that lies beside itself for Parley's, and never one that lies
beside a script; and for the command line the dashboard, too. It is one file at the top and no
package in sim/, as it then has both beside itself in the sources, in a wheel and in an installation
in place alike.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


class Names(MetaPathFinder, Loader):
    """Finds Parley's own packages, and answers to `parley.X` with the module `sim.X`, loaded
    once.
    """

    def __init__(self) -> None:
        self.own = {"sim"}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name in self.own:
            return PathFinder.find_spec(name, [str(HERE)])
        return ModuleSpec(name, self) if name.startswith("parley.") else None

    def create_module(self, spec: ModuleSpec) -> Any:
        is_command = spec.name == "parley.__main__"
        if is_command:  # a script that imports parley may have a dashboard of its own
            self.own.add("dashboard")
        package = "dashboard" if is_command else "sim"
        module = import_module(f"{package}{spec.name.removeprefix('parley')}")
        spec.loader_state = module.__spec__  # the import system writes *spec* over it
        return module

    def exec_module(self, module: Any) -> None:
        module.__spec__ = module.__spec__.loader_state


sys.meta_path.insert(0, Names())
sim = import_module("sim")
file = getattr(sim, "__file__", None) or str(*getattr(sim, "__path__", []))
if Path(file).resolve().parent != HERE / "sim":
    raise ImportError(
        f"{file} answers to the name sim, which Parley's own package in {HERE} has: rename it, or"
        " import parley before it"
    )
sys.modules["parley"] = sim

if __name__ == "__main__":
    import_module("parley.__main__").main()
