"""How much a submission may use. Defaults here; an assignment's contract may change them."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one submission.

    A busy machine must not change a grade, so deadlines count CPU time; wall-clock time is
    only a backstop for code that sleeps or waits.

    Attributes:
        call_seconds: CPU seconds of one call.
        property_seconds: CPU seconds of all calls of a property.
        question_seconds: CPU seconds of all calls of a question.
        submission_seconds: CPU seconds of all calls.
        import_seconds: CPU seconds that importing the module may take.
        wall_factor: how many times the CPU seconds may pass by the clock.
        memory: bytes beyond what a new worker has.
        open_files: how many files may be open at once.
        processes: how many processes and threads may be started.
        output: bytes of printed text that are kept.
        answers: bytes of all returned values, as they are in the grader's memory.
        frame: bytes of one message.
        array_elements: elements of one array.
        dimensions: of one array.
        depth: levels of containers within containers.
        restarts: lost workers after which no other is started.

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


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds on what is read of one submission.

    Archives are never extracted: only the modules that count are read, in memory, each up to its bound, so that
    neither a high compression ratio nor an unrelated file can do harm.

    Attributes:
        module: bytes of a module.
        notebook: bytes of a notebook's file with its outputs, of which only the code in its cells counts.
        cells: bytes of that code.
        total: bytes of all modules.
        packed: bytes of an archive within an archive, and of what may be an answer in a tar archive: held in memory.
        unpacked: bytes of a tar archive without its packing, most of which is passed over.
        helpers: how many modules are read beside the answer.
        entries: how many files and folders are looked at.
        depth: levels of folders within folders.
        directory: bytes of an archive's table of contents.

    """

    module: int = 4 * MIB
    notebook: int = 192 * MIB
    cells: int = 1 * MIB
    total: int = 16 * MIB
    packed: int = 128 * MIB
    unpacked: int = 1024 * MIB
    helpers: int = 200
    entries: int = 200_000
    depth: int = 24
    directory: int = 16 * MIB
