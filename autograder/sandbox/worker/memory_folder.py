"""A folder in memory in the place of the disk: ``open`` and the functions of ``os``, on files of the worker's own."""

from __future__ import annotations

import builtins
import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any

from autograder.sandbox.worker.memory_file import Data, Entry, MemoryFile, Scan, flags_of, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HOME = "/home/student"
TEMPORARY = "/tmp"  # noqa: S108  (a folder in memory)
FIRST_NUMBER = 1_000_000
"""Descriptors from here on are files in memory; the kernel's are far below."""
_OUTSIDE = "files outside your folder cannot be opened"
_UNWRITABLE = "files outside your folder cannot be changed"


class MemoryFolder:
    """Files and folders in memory, beneath HOME and TEMPORARY; the functions of ``os`` on them.

    Args:
        files: what is there at first, text by name.

    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self.directory = HOME
        self._folders = {HOME, TEMPORARY}
        self._files: dict[str, Data] = {}
        self._open: dict[int, MemoryFile] = {}
        self._next = FIRST_NUMBER
        self._real: dict[str, Callable[..., Any]] = {}
        for name, text in files.items():
            path = f"{HOME}/{name}"
            self._make_parents(path)
            self._files[path] = Data(text.encode("utf-8", "surrogatepass"))

    # --- names ---

    def absolute(self, path: Any) -> str | None:
        """The absolute path; None for a file descriptor."""
        if isinstance(path, int):
            return None
        name = os.fspath(path)
        if isinstance(name, bytes):
            name = os.fsdecode(name)
        return str(os.path.normpath(os.path.join(self.directory, name)))  # noqa: PTH118

    def mine(self, path: Any) -> str | None:
        """The absolute path where it is beneath one of the folders, or nothing."""
        try:
            full = self.absolute(path)
        except TypeError:
            return None
        if full is None:
            return None
        inside = full == HOME or full.startswith(HOME + "/")
        # Of the system's temporary folder, only what was made here.
        inside = inside or full in self._folders or (full.startswith(TEMPORARY + "/") and self._parent(full))
        return full if inside else None

    def _parent(self, path: str) -> bool:
        return os.path.dirname(path) in self._folders  # noqa: PTH120

    def _make_parents(self, path: str) -> None:
        parent = os.path.dirname(path)  # noqa: PTH120
        while parent not in self._folders:
            self._folders.add(parent)
            parent = os.path.dirname(parent)  # noqa: PTH120

    def _need_parent(self, path: str, shown: Any) -> None:
        if not self._parent(path):
            raise _error(FileNotFoundError, errno.ENOENT, shown)

    # --- opening ---

    def open_file(self, path: str, flags: int, shown: Any) -> MemoryFile:
        """The file at ``path``, made or emptied as the flags of ``os.open`` say."""
        if path in self._folders:
            raise _error(IsADirectoryError, errno.EISDIR, shown)
        data = self._files.get(path)
        if data is None:
            if not flags & os.O_CREAT:
                raise _error(FileNotFoundError, errno.ENOENT, shown)
            self._need_parent(path, shown)
            data = self._files[path] = Data()
        elif flags & os.O_CREAT and flags & os.O_EXCL:
            raise _error(FileExistsError, errno.EEXIST, shown)
        if flags & os.O_TRUNC:
            data.bytes.clear()
        return MemoryFile(data, os.fspath(shown), flags)

    def open(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Callable[[Any, int], int] | None = None,
    ) -> Any:
        """The builtin ``open``."""
        number = file if type(file) is int else -1
        path = self.mine(file) if number < 0 else None
        if path is None and number < FIRST_NUMBER:
            return self._outside("open", file, mode, buffering, encoding, errors, newline, closefd, opener)
        if number < 0 and opener is not None:
            number = opener(file, flags_of(mode))
            if number < FIRST_NUMBER:
                return self._real["open"](number, mode, buffering, encoding, errors, newline, closefd)
        raw = self._open[number] if number >= 0 else self.open_file(str(path), flags_of(mode), file)
        if "b" in mode and buffering == 0:
            return raw
        buffered: Any
        if "+" in mode:
            buffered = io.BufferedRandom(raw)
        else:
            buffered = io.BufferedReader(raw) if raw.readable() and "r" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        text = io.TextIOWrapper(buffered, encoding or "utf-8", errors, newline, line_buffering=buffering == 1)
        text.mode = mode  # type: ignore[misc]
        return text

    def _outside(self, what: str, path: Any, *args: Any, **kwargs: Any) -> Any:
        """The real function, for a path that is not ours; its refusal in words."""
        try:
            return self._real[what](path, *args, **kwargs)
        except OSError as error:
            full = self.absolute(path)
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and full is not None:
                why = _UNWRITABLE if what not in ("open", "os.open", "stat", "listdir", "scandir") else _OUTSIDE
                raise PermissionError(error.errno, why, path) from None
            outside = full is not None and not full.startswith(f"{TEMPORARY}/")
            if error.errno == errno.ENOENT and what in ("open", "os.open") and outside:
                # It may well be there, on the student's machine or outside the worker's root directory.
                raise _error(FileNotFoundError, errno.ENOENT, path, _OUTSIDE) from None
            raise

    # --- the functions of os ---

    def os_open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        """``os.open``."""
        full = self.mine(path) if dir_fd is None else None
        if full is None:
            return int(self._outside("os.open", path, flags, mode, dir_fd=dir_fd))
        self._next += 1
        self._open[self._next] = self.open_file(full, flags, path)
        return self._next

    def close(self, fd: int) -> None:
        """``os.close``."""
        if self._open.pop(fd, None) is None:
            self._real["close"](fd)

    def read(self, fd: int, count: int) -> bytes:
        """``os.read``."""
        return (self._open[fd].read(count) or b"") if fd in self._open else self._real["read"](fd, count)

    def write(self, fd: int, data: Any) -> int:
        """``os.write``."""
        return int(self._open[fd].write(data) if fd in self._open else self._real["write"](fd, data))

    def fstat(self, fd: int) -> os.stat_result:
        """``os.fstat``."""
        if fd not in self._open:
            return self._real["fstat"](fd)  # type: ignore[no-any-return]
        return status_of(self._open[fd]._data)  # noqa: SLF001

    def stat(self, path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        """``os.stat`` and ``os.lstat``."""
        if type(path) is int and path in self._open:
            return self.fstat(path)
        full = self.mine(path) if dir_fd is None else None
        if full is None:
            return self._outside(  # type: ignore[no-any-return]
                "stat", path, dir_fd=dir_fd, follow_symlinks=follow_symlinks
            )
        if full in self._folders:
            return status_of(None)
        if full not in self._files:
            raise _error(FileNotFoundError, errno.ENOENT, path)
        return status_of(self._files[full])

    def lstat(self, path: Any, *, dir_fd: int | None = None) -> os.stat_result:
        """``os.lstat``."""
        return self.stat(path, dir_fd=dir_fd, follow_symlinks=False)

    def access(self, path: Any, mode: int, **kwargs: Any) -> bool:
        """``os.access``."""
        full = self.mine(path)
        return (
            bool(self._real["access"](path, mode, **kwargs)) if full is None else full in {*self._folders, *self._files}
        )

    def listdir(self, path: Any = ".") -> list[str]:
        """``os.listdir``."""
        full = self.mine(path)
        return self._outside("listdir", path) if full is None else self._names(full, path)

    def scandir(self, path: Any = ".") -> Any:
        """``os.scandir``."""
        full = self.mine(path)
        if full is None:
            return self._outside("scandir", path)
        shown = os.fspath(path)
        return Scan([Entry(shown, name, self.stat(f"{full}/{name}")) for name in self._names(full, path)])

    def _names(self, full: str, shown: Any) -> list[str]:
        if full not in self._folders:
            raise _error(NotADirectoryError if full in self._files else FileNotFoundError, errno.ENOENT, shown)
        beneath = [path[len(full) + 1 :] for path in (*self._files, *self._folders) if path.startswith(full + "/")]
        return sorted({name for name in beneath if "/" not in name})

    def mkdir(self, path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        """``os.mkdir``."""
        full = self.mine(path) if dir_fd is None else None
        if full is None:
            self._outside("mkdir", path, mode, dir_fd=dir_fd)
            return
        if full in self._folders or full in self._files:
            raise _error(FileExistsError, errno.EEXIST, path)
        self._need_parent(full, path)
        self._folders.add(full)

    def remove(self, path: Any, *, dir_fd: int | None = None) -> None:
        """``os.remove`` and ``os.unlink``."""
        full = self.mine(path) if dir_fd is None else None
        if full is None:
            self._outside("remove", path, dir_fd=dir_fd)
        elif self._files.pop(full, None) is None:
            raise _error(FileNotFoundError, errno.ENOENT, path)

    def rmdir(self, path: Any, *, dir_fd: int | None = None) -> None:
        """``os.rmdir``."""
        full = self.mine(path) if dir_fd is None else None
        if full is None:
            self._outside("rmdir", path, dir_fd=dir_fd)
            return
        if self._names(full, path):
            raise _error(OSError, errno.ENOTEMPTY, path)
        if full not in (HOME, TEMPORARY):
            self._folders.discard(full)

    def rename(self, old: Any, new: Any, **kwargs: Any) -> None:
        """``os.rename`` and ``os.replace``."""
        one, other = self.mine(old), self.mine(new)
        if one is None or other is None:
            self._outside("rename", old, new, **kwargs)
            return
        if one in self._files:
            self._need_parent(other, new)
            self._files[other] = self._files.pop(one)
        elif one in self._folders:
            for path in [p for p in self._files if p.startswith(one + "/")]:
                self._files[other + path[len(one) :]] = self._files.pop(path)
            for path in [p for p in self._folders if p == one or p.startswith(one + "/")]:
                self._folders.discard(path)
                self._folders.add(other + path[len(one) :])
        else:
            raise _error(FileNotFoundError, errno.ENOENT, old)

    def change_nothing(self, what: str) -> Callable[..., None]:
        """``os.chmod``, ``os.utime``: without effect on files in memory."""

        def change(path: Any, *args: Any, **kwargs: Any) -> None:
            if type(path) is not int and self.mine(path) is not None:
                self.stat(path)
            elif path not in self._open:
                self._outside(what, path, *args, **kwargs)

        return change

    def getcwd(self) -> str:
        """``os.getcwd``."""
        return self.directory

    def chdir(self, path: Any) -> None:
        """``os.chdir``, within the folders."""
        full = self.mine(path)
        if full is None:
            raise PermissionError(errno.EACCES, "you cannot leave your folder", path)
        if full not in self._folders:
            raise _error(FileNotFoundError, errno.ENOENT, path)
        self.directory = full

    def install(self) -> None:
        """Put these functions in the place of those of ``os``, ``io`` and ``builtins``."""
        for name in ("close", "read", "write", "fstat", "stat", "access", "listdir", "scandir", "mkdir", "remove",
                     "rmdir", "rename", "chmod", "utime"):  # fmt: skip
            self._real[name] = getattr(os, name)
        self._real |= {"open": builtins.open, "os.open": os.open}
        names = {
            **{name: getattr(self, name) for name in (
                "close", "read", "write", "fstat", "stat", "lstat", "access", "listdir", "scandir", "mkdir", "remove",
                "rmdir", "rename", "getcwd", "chdir",
            )},
            "open": self.os_open,
            "unlink": self.remove,
            "replace": self.rename,
            "chmod": self.change_nothing("chmod"),
            "utime": self.change_nothing("utime"),
        }  # fmt: skip
        unlink = os.unlink
        for name, function in names.items():
            setattr(os, name, function)
        # shutil then takes the way that needs no open folders.
        os.supports_dir_fd = set()
        os.supports_fd = set()
        builtins.open = io.open = self.open
        captured: Any = sys.modules.get("numpy.lib._datasource")
        if captured is not None:
            captured._file_openers._file_openers[None] = self.open  # noqa: SLF001
        for module, name in (("bz2", "_builtin_open"), ("lzma", "builtins"), ("tarfile", "bltn_open")):
            if (found := sys.modules.get(module)) is not None and name != "builtins" and hasattr(found, name):
                setattr(found, name, self.open)
        shutil: Any = sys.modules.get("shutil")
        if shutil is not None:
            shutil._use_fd_functions = False  # noqa: SLF001
        tempfile: Any = sys.modules.get("tempfile")
        if tempfile is not None:
            tempfile.tempdir = TEMPORARY
            tempfile._O_TMPFILE_WORKS = False  # noqa: SLF001
            for method in vars(tempfile._TemporaryFileCloser).values():  # noqa: SLF001
                if defaults := getattr(method, "__defaults__", None):
                    method.__defaults__ = tuple(self.remove if d is unlink else d for d in defaults)


def _error(kind: type[OSError], number: int, path: Any, why: str = "") -> OSError:
    return kind(number, why or os.strerror(number), path)
