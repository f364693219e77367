"""Kernels that are forked from one process, which has made the imports of ``preloaded``.

A kernel is a process of its own, as Jupyter starts it, with a working directory, an environment and signals of its own; only what it imports
first takes no time.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

FORKS = multiprocessing.get_context("forkserver")
IMPORTS = "tests.course.notebooks.preloaded"
FORKS.set_forkserver_preload([IMPORTS])


class Forked:
    """A kernel's process, as Jupyter's provisioner wants it (compare ``subprocess.Popen``)."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self.process = process

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.process.exitcode

    def wait(self) -> int | None:
        """Wait for its end; the exit code."""
        self.process.join()
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.process.pid is not None and self.process.is_alive():
            os.kill(self.process.pid, number)


class ForkedProvisioner(LocalProvisioner):
    """Starts kernels with a fork where Jupyter would run ``python -m ipykernel_launcher``."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that ``cmd`` would start."""
        launcher = cmd.index("ipykernel_launcher")
        process = FORKS.Process(target=_run, args=(cmd[launcher + 1 :], kwargs["cwd"], kwargs["env"]), daemon=True)
        process.start()
        self.process: Any = Forked(process)
        self.pid = process.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info


def _run(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ipykernel_launcher", *arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]  # it ends with that
    importlib.import_module(IMPORTS)  # where the server could not
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
