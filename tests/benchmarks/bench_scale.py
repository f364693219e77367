"""A large class: time, and the memory of the whole process tree by time.

    python -m tests.benchmarks.bench_scale [COUNT] [ASSIGNMENT]

The class is made of the sample class's submissions that end by themselves, each varied by a comment so that no two
are the same.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.bench_grade import answers, ending, grade, write
from tests.benchmarks.measure import MIB, run


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    name = sys.argv[2] if len(sys.argv) > 2 else "naive_bayes"
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        sources = enumerate(itertools.islice(itertools.cycle(ending(name, answers(name), at / "one").values()), count))
        many = {f"student_{i:05}": f"{source}\n# student {i}\n" for i, source in sources}
        found = run(grade(name, write(many, at / "class"), at / "out", report=True), every=2.0)
        again = [run(grade(name, at / "class", at / "out", report=report)).seconds for report in (False, True)]
        size = sum(p.stat().st_size for p in (at / "out").rglob("*") if p.is_file())
    print(f"{count} submissions to {name} on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"{found.seconds:.0f} s with the pages, {count / found.seconds:.1f} a second; again, with nothing to grade: "
        f"{again[0]:.1f} s, {again[1]:.1f} s with the pages"
    )
    print(f"memory of all processes together: at most {found.peak / MIB:.0f} MiB; {size / MIB:.0f} MiB on disk")
    for part in range(10):
        inside = [m for t, m in found.memory if part <= t / found.seconds * 10 < part + 1]
        if inside:
            print(f"  {part * 10:3}-{part * 10 + 10} % of the time: {max(inside) / MIB:6.0f} MiB at most")


if __name__ == "__main__":
    main()
