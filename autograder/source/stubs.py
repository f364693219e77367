"""Packages that notebooks import for interactive use; grading replaces them with modules that do nothing."""

from __future__ import annotations

import builtins
import contextlib
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STUBBED = ("otter", "IPython")


@contextlib.contextmanager
def stubs() -> Iterator[None]:
    """Inside the block, as in a worker: stubs in the place of these packages, and no shell of IPython's."""
    names = [name for name in sys.modules if _is_stubbed(name)]
    before = {name: sys.modules.pop(name) for name in names}
    shell = vars(builtins).get("get_ipython")
    vars(builtins)["get_ipython"] = lambda: None
    finder = Stubs()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _is_stubbed(name)]:
            del sys.modules[name]
        sys.modules.update(before)
        if shell is None:
            vars(builtins).pop("get_ipython", None)
        else:
            vars(builtins)["get_ipython"] = shell


def _is_stubbed(name: str) -> bool:
    return name.partition(".")[0] in STUBBED


class Stubs:
    """Finds modules that accept everything and do nothing."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """Claim the stubbed packages."""
        if not _is_stubbed(name):
            return None
        return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module, whose every attribute is a stub."""
        return _StubModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is to be run."""


class _StubModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return (lambda: None) if name == "get_ipython" else _StubObject()


class _StubObject:
    """Every attribute, item and call of it is itself."""

    def __call__(self, *_args: object, **_kwargs: object) -> _StubObject:
        return self

    def __getattr__(self, name: str) -> _StubObject:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> _StubObject:
        return self

    def __iter__(self) -> Iterator[object]:
        return iter(())
