"""Ibis' compilers one at a time: the package loads twenty dialects of SQL at once, and a command needs one of them.

That is a quarter of a second of a process that does its own work in half of one (docs/measurements.md).
"""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_PACKAGE = "ibis.backends.sql.compilers"


def load_one_by_one() -> None:
    """Lets `ibis.backends.sql.compilers.duckdb` be loaded without the others, which are when somebody asks for them.

    Nothing is done where the whole package is loaded already.
    """
    if _PACKAGE in sys.modules:
        return
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.loader is not None
    package, loader = module_from_spec(spec), spec.loader

    def whole(name: str) -> Any:
        """What the package has when all of it is loaded."""
        if name.startswith("__") or package.__dict__.pop("__getattr__", None) is None:
            raise AttributeError(f"module {_PACKAGE} has no attribute {name}")
        loader.exec_module(package)
        return getattr(package, name)

    _placed(package, whole)


def _placed(package: ModuleType, whole: Any) -> None:
    package.__dict__["__getattr__"] = whole
    sys.modules[_PACKAGE] = package
    parent, _, own = _PACKAGE.rpartition(".")
    setattr(sys.modules[parent], own, package)
