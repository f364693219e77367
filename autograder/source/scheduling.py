"""How long a process waits for a core: on a busy machine, that is no waiting of its own."""

from __future__ import annotations

import contextlib
from pathlib import Path


def queued_seconds(task: int | str) -> float:
    """Seconds that a process or a thread has waited for a core to be free; 0 where the system does not report it.

    Args:
        task: the id of a process, or ``self/task/<id of a thread>``.

    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{task}/schedstat").read_text("ascii").split()[1]) / 1e9
    return 0.0
