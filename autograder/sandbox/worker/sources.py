"""Import a submission from memory, inside the worker."""

from __future__ import annotations

import builtins
import importlib
import linecache
import marshal
import sys
import time
import warnings
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

from autograder.sandbox.worker.memory_folder import HOME
from autograder.source.execution import execute
from autograder.source.left_out import place
from autograder.source.stubs import Stubs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType, TracebackType


class Sources:
    """A meta-path finder for the modules of one submission.

    Args:
        modules: dotted module name -> source text.
        seconds: CPU seconds that importing them may take.
        code: of the main module, marshalled, where it was compiled before; or nothing.

    Attributes:
        left_out: what of them failed and was left out, a line each.

    """

    def __init__(self, modules: Mapping[str, str], seconds: float, code: bytes = b"") -> None:
        self._code = code
        self.left_out: list[str] = []
        self._ends = time.process_time() + seconds
        self._sources = {name.removesuffix(".__init__"): text for name, text in modules.items()}
        inits = {name.removesuffix(".__init__") for name in modules if name.endswith(".__init__")}
        parents = {name[:at] for name in self._sources for at, char in enumerate(name) if char == "."}
        self._packages = inits | parents
        self._names: dict[str, str] = {}
        self.files = {file_of(name): text for name, text in self._sources.items()}
        for name, text in self._sources.items():
            file = file_of(name)
            self._names[file] = name
            # No modification time: linecache keeps the entry without looking at the disk.
            linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)

    def install(self) -> None:
        """Let these modules, and the stubs, be imported before others of the same name; warnings name their lines."""
        vars(builtins)["get_ipython"] = lambda: None
        warnings.formatwarning = self._warning
        sys.meta_path[:0] = [self, Stubs()]

    def load(self, name: str) -> ModuleType:
        """Import module ``name``; whatever its code raises comes through."""
        return importlib.import_module(name)

    def where(self, error: BaseException) -> str:
        """The innermost line of the submission that ``error`` passed, ``"line 12: return 1 / 0"``."""
        if isinstance(error, SyntaxError) and error.filename in self._names:
            return self._line(error.filename, error.lineno or 0)
        found = ""
        at: TracebackType | None = error.__traceback__
        while at is not None:
            file = at.tb_frame.f_code.co_filename
            if file in self._names:
                found = self._line(file, at.tb_lineno)
            at = at.tb_next
        return found

    def _warning(self, message: object, category: type[Warning], *_: object, **__: object) -> str:
        """A warning with the student's line that it came from; paths of libraries are left out."""
        at: FrameType | None = sys._getframe()  # noqa: SLF001  (a warning knows its own line only, deep in a library)
        while at is not None and at.f_code.co_filename not in self._names:
            at = at.f_back
        where = f" ({self._line(at.f_code.co_filename, at.f_lineno)})" if at else ""
        return f"{category.__name__}: {message}{where}\n"

    def _line(self, file: str, number: int) -> str:
        main = next(iter(self._names))
        text = linecache.getline(file, number).strip()[:200]
        return f"{'' if file == main else file + ', '}{place(linecache.getlines(file), number)}: {text}"

    # --- the importer's protocol ---

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """Claim the modules that were handed in."""
        if name not in self._sources and name not in self._packages:
            return None
        return ModuleSpec(name, self, origin=file_of(name), is_package=name in self._packages)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002
        """Leave it to the import system."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the source in the module; ``__name__`` is the module's own, so no main guard fires."""
        file = file_of(module.__name__)
        module.__file__ = f"{HOME}/{file}"
        source = self._sources.get(module.__name__, "")
        if file == next(iter(self._names)):
            data, self._code = self._code, b""
            code = marshal.loads(data) if data else None  # noqa: S302  (the grader's, not the student's)
            self.left_out += map(str, execute(source, file, module.__dict__, self._ends - time.process_time(), code))
        else:
            # As Python imports it on the student's machine: as a whole.
            exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102


def file_of(name: str) -> str:
    """The file that the traceback of module ``name`` names."""
    return name.replace(".", "/") + ".py"
