"""A forgiving home for student code: what people write at the top of a module works, inside the worker only.

A worker may write no file, start no process and open no socket. Here are stand-ins in memory: a folder of its own
and a temporary folder that can be written, a user with a name, pools of threads in place of processes, a pair of
pipes in place of a pair of sockets (which ``asyncio.run`` needs). They are a convenience and confine nothing: the
memory is the worker's own, bounded by its limits, and gone with it.
"""

from __future__ import annotations

import asyncio
import builtins
import errno
import fcntl
import io
import os
import queue
import stat
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HOME = "/home/student"
USER = "student"
TEMPORARY = "/tmp"  # noqa: S108  (a folder in memory)
ENVIRONMENT = {"HOME": HOME, "USER": USER, "LOGNAME": USER, "USERNAME": USER, "TMPDIR": TEMPORARY, "PWD": HOME}
FIRST_NUMBER = 1_000_000
"""Descriptors from here on are files in memory; the kernel's are far below."""
_OUTSIDE = "files outside your folder cannot be opened"
_UNWRITABLE = "files outside your folder cannot be changed"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class _Data:
    """The bytes of a file, and when they changed."""

    def __init__(self, data: bytes = b"") -> None:
        self.bytes = bytearray(data)
        self.time = time.time()


class _File(io.RawIOBase):
    """An open file in memory."""

    def __init__(self, data: _Data, name: str, flags: int) -> None:
        super().__init__()
        self._data = data
        self.name = name
        access = flags & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
        self._reads = access != os.O_WRONLY
        self._writes = access != os.O_RDONLY
        self._appends = bool(flags & os.O_APPEND)
        self._at = 0

    def readable(self) -> bool:
        return self._reads

    def writable(self) -> bool:
        return self._writes

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._reads:
            raise io.UnsupportedOperation("not readable")
        found = self._data.bytes[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def write(self, data: Any) -> int:
        if not self._writes:
            raise io.UnsupportedOperation("not writable")
        new = bytes(data)
        held = self._data.bytes
        if self._appends:
            self._at = len(held)
        if self._at > len(held):
            held.extend(bytes(self._at - len(held)))
        held[self._at : self._at + len(new)] = new
        self._at += len(new)
        self._data.time = time.time()
        return len(new)

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._at, len(self._data.bytes))[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def truncate(self, size: int | None = None) -> int:
        size = self._at if size is None else size
        held = self._data.bytes
        del held[size:]
        held.extend(bytes(size - len(held)))
        return size


class _Entry:
    """What ``os.scandir`` gives for one name."""

    def __init__(self, folder: str, name: str, status: os.stat_result) -> None:
        self.name = name
        self.path = os.path.join(folder, name)  # noqa: PTH118
        self._status = status

    def __fspath__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"<DirEntry {self.name!r}>"

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:  # noqa: ARG002
        return self._status

    def inode(self) -> int:
        return self._status.st_ino

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        return stat.S_ISDIR(self._status.st_mode)

    def is_file(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        return stat.S_ISREG(self._status.st_mode)

    def is_symlink(self) -> bool:
        return False


class _Scan:
    """The iterator and context manager that ``os.scandir`` returns."""

    def __init__(self, entries: list[_Entry]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[_Entry]:
        return self._entries

    def __next__(self) -> _Entry:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def close(self) -> None:
        """Nothing is open."""


class MemoryFolder:
    """Files and folders in memory, beneath HOME and TEMPORARY; the functions of ``os`` on them.

    Args:
        files: what is there at first, text by name.

    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self.directory = HOME
        self._folders = {HOME, TEMPORARY}
        self._files: dict[str, _Data] = {}
        self._open: dict[int, _File] = {}
        self._next = FIRST_NUMBER
        self._real: dict[str, Callable[..., Any]] = {}
        for name, text in files.items():
            path = f"{HOME}/{name}"
            self._make_parents(path)
            self._files[path] = _Data(text.encode("utf-8", "surrogatepass"))

    # --- names ---

    def absolute(self, path: Any) -> str | None:
        """The path in words of this folder; None where it is no path."""
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

    def open_file(self, path: str, flags: int, shown: Any) -> _File:
        """The file at ``path``, made or emptied as the flags of ``os.open`` say."""
        if path in self._folders:
            raise _error(IsADirectoryError, errno.EISDIR, shown)
        data = self._files.get(path)
        if data is None:
            if not flags & os.O_CREAT:
                raise _error(FileNotFoundError, errno.ENOENT, shown)
            self._need_parent(path, shown)
            data = self._files[path] = _Data()
        elif flags & os.O_CREAT and flags & os.O_EXCL:
            raise _error(FileExistsError, errno.EEXIST, shown)
        if flags & os.O_TRUNC:
            data.bytes.clear()
        return _File(data, os.fspath(shown), flags)

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
            number = opener(file, _flags(mode))
            if number < FIRST_NUMBER:
                return self._real["open"](number, mode, buffering, encoding, errors, newline, closefd)
        raw = self._open[number] if number >= 0 else self.open_file(str(path), _flags(mode), file)
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
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and not isinstance(path, int):
                why = _UNWRITABLE if what not in ("open", "os.open", "stat", "listdir", "scandir") else _OUTSIDE
                raise PermissionError(error.errno, why, path) from None
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
        return _status(self._open[fd]._data)  # noqa: SLF001

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
            return _status(None)
        if full not in self._files:
            raise _error(FileNotFoundError, errno.ENOENT, path)
        return _status(self._files[full])

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
        return _Scan([_Entry(shown, name, self.stat(f"{full}/{name}")) for name in self._names(full, path)])

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
            "getlogin": lambda: USER,
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


def _flags(mode: str) -> int:
    """The flags of ``os.open`` for a mode of ``open``."""
    writing = os.O_RDWR if "+" in mode else os.O_RDONLY if "r" in mode else os.O_WRONLY
    new = {"w": os.O_CREAT | os.O_TRUNC, "a": os.O_CREAT | os.O_APPEND, "x": os.O_CREAT | os.O_EXCL}
    found = [flags for letter, flags in new.items() if letter in mode]
    if len(found) + ("r" in mode) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    return writing | sum(found)


def _status(data: _Data | None) -> os.stat_result:
    mode = stat.S_IFDIR | 0o755 if data is None else stat.S_IFREG | 0o644
    size, changed = (0, 0.0) if data is None else (len(data.bytes), data.time)
    number = id(data) if data is not None else 1
    return os.stat_result(
        (mode, number, 1, 1, os.getuid(), os.getgid(), size, int(changed), int(changed), int(changed))
    )


def _error(kind: type[OSError], number: int, path: Any) -> OSError:
    return kind(number, os.strerror(number), path)


class _PipeEnd:
    """One end of a pair of pipes, as far as ``asyncio`` uses a socket."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes

    def fileno(self) -> int:
        return self._reads

    def setblocking(self, flag: bool) -> None:
        for fd in (self._reads, self._writes):  # os.set_blocking takes a system call that is refused
            flags = fcntl.fcntl(fd, fcntl.F_GETFL)
            fcntl.fcntl(fd, fcntl.F_SETFL, flags & ~os.O_NONBLOCK if flag else flags | os.O_NONBLOCK)

    def recv(self, count: int) -> bytes:
        return os.read(self._reads, count)

    def send(self, data: bytes) -> int:
        return os.write(self._writes, data)

    sendall = send

    def close(self) -> None:
        for fd in {self._reads, self._writes} - {-1}:
            os.close(fd)
        self._reads = self._writes = -1


def socketpair(*_args: object, **_kwargs: object) -> tuple[_PipeEnd, _PipeEnd]:
    """Two ends that reach each other and nobody else."""
    (one_reads, other_writes), (other_reads, one_writes) = os.pipe(), os.pipe()
    return _PipeEnd(one_reads, one_writes), _PipeEnd(other_reads, other_writes)


def furnish(files: Mapping[str, str]) -> None:
    """Make this process, a worker that has not run student code yet, a home.

    Args:
        files: the texts that are in its folder, by name.

    """
    os.environ.update(ENVIRONMENT)
    MemoryFolder(files).install()
    _name_the_user()
    _threads_for_processes()
    asyncio.selector_events.socket.socketpair = socketpair  # type: ignore[attr-defined]
    _no_display()


def _name_the_user() -> None:
    pwd: Any = sys.modules.get("pwd")
    if pwd is None:
        return
    entry = pwd.struct_passwd((USER, "x", os.getuid(), os.getgid(), "", HOME, "/bin/sh"))

    def by_id(number: int) -> Any:
        if number != os.getuid():
            raise KeyError(f"getpwuid(): uid not found: {number}")
        return entry

    def by_name(name: str) -> Any:
        if name != USER:
            raise KeyError(f"getpwnam(): name not found: {name!r}")
        return entry

    pwd.getpwuid, pwd.getpwnam, pwd.getpwall = by_id, by_name, lambda: [entry]


class _Queue:
    """A simple queue between threads that can be waited for like one between processes."""

    def __init__(self) -> None:
        from multiprocessing.connection import Pipe

        self._reader, self._writer = Pipe(duplex=False)

    def put(self, item: Any) -> None:
        self._writer.send(item)

    def get(self) -> Any:
        return self._reader.recv()

    def empty(self) -> bool:
        return not self._reader.poll()

    def close(self) -> None:
        self._reader.close()
        self._writer.close()


def _threads_for_processes() -> None:
    import concurrent.futures
    import multiprocessing.context
    import multiprocessing.pool

    def pool(*args: Any, **kwargs: Any) -> Any:
        given = {key: value for key, value in kwargs.items() if key in ("processes", "initializer", "initargs")}
        return multiprocessing.pool.ThreadPool(*args[:3], **given)

    def executor(max_workers: int | None = None, *_: Any, **kwargs: Any) -> Any:
        given = {key: value for key, value in kwargs.items() if key in ("initializer", "initargs")}
        return concurrent.futures.ThreadPoolExecutor(max_workers, **given)

    shared: dict[str, Callable[..., Any]] = {
        "Pool": pool,
        "SimpleQueue": _Queue,
        "Queue": queue.Queue,
        "JoinableQueue": queue.Queue,
        **{n: getattr(threading, n) for n in ("Lock", "RLock", "Event", "Condition", "Semaphore", "BoundedSemaphore")},
    }
    for name, make in shared.items():
        setattr(multiprocessing, name, make)
        setattr(multiprocessing.context.BaseContext, name, _without_context(make))
    concurrent.futures.ProcessPoolExecutor = executor  # type: ignore[misc,assignment]


def _without_context(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _context, *args, **kwargs: make(*args, **kwargs)


def _no_display() -> None:
    """Plots are drawn in memory: a backend with windows that a module asks for is not switched to."""
    matplotlib: Any = sys.modules.get("matplotlib")
    if matplotlib is not None:
        matplotlib.use = lambda *_args, **_kwargs: None
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        switch = pyplot.switch_backend
        pyplot.switch_backend = lambda *_args, **_kwargs: switch("agg")
        _draw_if_possible(pyplot.Figure, "savefig")
        if (agg := sys.modules.get("matplotlib.backends.backend_agg")) is not None:
            _draw_if_possible(agg.FigureCanvasAgg, "draw")


def _draw_if_possible(kind: Any, method: str) -> None:
    """Let a figure stay empty where no font can be read: it is not graded."""
    real = getattr(kind, method)

    def draw(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return real(self, *args, **kwargs)
        except (OSError, ImportError, ValueError) as error:
            print(f"the figure was not drawn: {error}", file=sys.stderr)  # noqa: T201

    setattr(kind, method, draw)
