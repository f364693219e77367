"""The files that a worker may read where Landlock holds: Python's own, and a few of the system."""

from __future__ import annotations

import os
import site
import sys
import sysconfig

LIBRARY_DIRECTORIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
SYSTEM_FILES = ("/dev/urandom", "/dev/random", "/dev/zero", "/usr/share/zoneinfo", "/etc/localtime")


def interpreter_directories() -> tuple[str, ...]:
    """Where Python and its packages are, as Python names it and as it is without symbolic links."""
    paths = sysconfig.get_paths()
    wanted = [paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"], *site.getsitepackages()]
    wanted.append(os.path.join(sys.base_prefix, "lib"))  # noqa: PTH118  (shared libraries of conda and pyenv)
    return tuple(dict.fromkeys(name for path in wanted for name in (os.path.realpath(path), path)))


def readable_paths() -> tuple[str, ...]:
    """Files, and directories with all that is beneath them."""
    return (*interpreter_directories(), *LIBRARY_DIRECTORIES, *SYSTEM_FILES)
