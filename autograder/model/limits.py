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

    call_seconds: float = 5.0
    property_seconds: float = 10.0
    question_seconds: float = 20.0
    submission_seconds: float = 60.0
    import_seconds: float = 10.0
    wall_factor: float = 4.0
    memory: int = 1024 * MIB
    open_files: int = 64
    processes: int = 0
    output: int = 64 * 1024
    frame: int = 64 * MIB
    array_elements: int = 8_000_000
    dimensions: int = 16
    depth: int = 12
    restarts: int = 5
    source: int = 4 * MIB
