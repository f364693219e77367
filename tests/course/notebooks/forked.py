"""Kernels that are forked from one process, which has made the imports of ``preloaded``.

A kernel is a process of its own, as Jupyter starts it, with a working directory, an environment and signals of its own; only what it imports
first takes no time.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tests.forks import Forked, Forks

# A kernel ends with the process of this number.
START = """
import os, sys
sys.argv[0] = "ipykernel_launcher"
sys.argv.append(f"--IPKernelApp.parent_handle={os.getppid()}")
from ipykernel import kernelapp
kernelapp.launch_new_instance()
"""


class Kernel(Forked):
    """A kernel's process, as Jupyter's provisioner wants it (compare ``subprocess.Popen``)."""

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


class ForkedProvisioner(LocalProvisioner):
    """Starts kernels with a fork where Jupyter would run ``python -m ipykernel_launcher``."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that ``cmd`` would start."""
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        how = {"cwd": kwargs["cwd"], "env": kwargs["env"], "start_new_session": True}
        self.process: Any = Kernel(_forks().address, START, arguments, {}, **how)
        self.pid = self.process.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info


@cache
def _forks() -> Forks:
    return Forks(("tests.course.notebooks.preloaded",), env=os.environ)
