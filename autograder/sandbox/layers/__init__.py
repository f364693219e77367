"""The layers of confinement: a module each, listed in the order in which a worker applies them.

A new layer is a module with a subclass of :class:`.layer.Layer`, and a line in :data:`LAYERS`. The zygote prepares
those that hold, each worker applies them, ``autograder doctor`` reports them. What each is for: SECURITY.md.
"""

from __future__ import annotations

from autograder.sandbox.layers.landlock import Landlock
from autograder.sandbox.layers.layer import Bounds, Confinement, Layer
from autograder.sandbox.layers.limits import ResourceLimits
from autograder.sandbox.layers.mounts import Mounts
from autograder.sandbox.layers.namespaces import Namespaces
from autograder.sandbox.layers.seccomp import Seccomp
from autograder.sandbox.layers.trial import Finding, try_layers
from autograder.sandbox.layers.uid import Uid
from autograder.sandbox.layers.undumpable import Undumpable

__all__ = [
    "LAYERS",
    "Bounds",
    "Confinement",
    "Finding",
    "Layer",
    "find_layers",
    "isolation_level",
    "missing_requirements",
]

LAYERS: tuple[Layer, ...] = (Namespaces(), ResourceLimits(), Mounts(), Uid(), Undumpable(), Landlock(), Seccomp())


def find_layers(without: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Which layers hold on this machine, found by trying each; those named in ``without`` are switched off."""
    return try_layers(LAYERS, without)


def missing_requirements(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The layers that student code must not run without, and that do not hold."""
    required = {layer.name for layer in LAYERS if layer.required}
    return tuple(finding for finding in findings if finding.name in required and not finding.holds)


def isolation_level(findings: tuple[Finding, ...]) -> str:
    """What confines student code, in words."""
    held = {finding.name for finding in findings if finding.holds}
    user = "every worker runs as a user of its own" if "uid" in held else "workers run as the user who grades"
    seen = ", and see no others" if "mounts" in held else ""
    files = f"open Python's own files only{seen}" if "landlock" in held else "open no file (memory only)"
    return f"{user}; they {files}; they open no socket and start no process"
