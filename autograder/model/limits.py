"""How much a submission may use. Defaults here; an assignment's contract may change them."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one submission. Times are seconds of the worker's CPU, sizes are bytes.

    A busy machine must not change a grade, so deadlines count CPU time; wall-clock time is
    only a backstop (``wall_factor`` times the CPU deadline) for code that sleeps or waits.
    """

    call_seconds: float = 2.0
    property_seconds: float = 6.0
    question_seconds: float = 15.0
    submission_seconds: float = 50.0
    import_seconds: float = 5.0
    wall_factor: float = 4.0
    memory: int = 1024 * MIB
    open_files: int = 64
    processes: int = 0
    output: int = 64 * 1024
    answers: int = 1024 * MIB
    frame: int = 64 * MIB
    array_elements: int = 8_000_000
    dimensions: int = 16
    depth: int = 12
    restarts: int = 40
    source: int = 4 * MIB


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds on what is read of one submission. Sizes are bytes.

    Archives are never extracted: only the modules that count are read, in memory, each up to its bound, so that
    neither a high compression ratio nor an unrelated file can do harm.
    """

    module: int = 4 * MIB
    notebook: int = 192 * MIB
    """A notebook's file with its outputs: only the code in its cells counts."""
    cells: int = 1 * MIB
    total: int = 16 * MIB
    packed: int = 128 * MIB
    """An archive within an archive, which is held in memory."""
    helpers: int = 200
    entries: int = 20_000
    depth: int = 24
    directory: int = 16 * MIB
    """An archive's table of contents."""
