"""How long the pages of a large class take, how large they are, and how much memory it needs.

    python -m tests.benchmarks.bench_report GRADED [COUNT]

GRADED is the output folder of a grading; its results are repeated until there are COUNT (default 2000) of them.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from autograder.report.class_folder import write_pages


def repeated(graded: Path, count: int, out: Path) -> Path:
    """A folder with ``count`` results under names of their own."""
    results = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((graded / "results").glob("*.json"))]
    (out / "results").mkdir(parents=True)
    for i in range(count):
        table = results[i % len(results)]
        table["extra_data"]["result"]["id"] = name = f"student_{i:05}"
        (out / "results" / f"{name}.json").write_text(json.dumps(table), encoding="utf-8")
    return out


def main() -> None:
    """Print the figures."""
    graded, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp()) / "class"
    repeated(graded, count, out)
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.process_time()
    write_pages(out)
    seconds = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    pages = [p.stat().st_size for p in (out / "feedback").iterdir()]
    print(f"{count} submissions: {seconds:.1f} s of CPU, {1000 * seconds / count:.1f} ms each")
    print(f"class page: {(out / 'report.html').stat().st_size / 1024:.0f} KB")
    print(f"student pages: {sum(pages) / len(pages) / 1024:.1f} KB each, {max(pages) / 1024:.1f} KB the largest")
    print(f"memory: {after.ru_maxrss / 1024:.0f} MB at most, {(after.ru_maxrss - before.ru_maxrss) / 1024:.0f} MB more")
    print(out)


if __name__ == "__main__":
    main()
