"""Try which layers work on this machine: each is applied in a child process, which then tries what it forbids."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from autograder.sandbox.layers.layer import Layer


class Finding(NamedTuple):
    """Whether a layer works here, and its guarantee, or what is wrong."""

    name: str
    holds: bool
    detail: str


def try_layers(layers: Iterable[Layer], without: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Try every one of ``layers``; those named in ``without`` are switched off."""
    return tuple(_try(layer, switched_off=layer.name in without) for layer in layers)


def _try(layer: Layer, *, switched_off: bool) -> Finding:
    if switched_off:
        problem = "switched off"
    elif sys.platform != "linux":
        problem = f"needs Linux, this is {sys.platform}"
    else:
        problem = in_child(layer.attempt)
    return Finding(layer.name, not problem, problem or layer.guarantee)


def in_child(attempt: Callable[[], str]) -> str:
    """What ``attempt``, run in a forked child, found wrong; empty where nothing is."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        problem = "it did not end"
        try:
            try:
                problem = attempt()
            except OSError as error:
                problem = error.strerror or str(error)
            except BaseException as error:  # noqa: BLE001  (a child must end here, whatever happens)
                problem = f"{type(error).__name__}: {error}"
            os.write(writer, problem.encode()[:500])
        finally:
            os._exit(0 if not problem else 1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        problem = pipe.read().decode("utf-8", "replace")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return problem or ("" if status == 0 else f"the trial ended with status {status}")
