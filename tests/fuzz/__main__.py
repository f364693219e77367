"""Fuzz a target with coverage as the guide: ``python tests/fuzz wire 600`` (seconds; 60 by default).

Needs ``pip install atheris``. Inputs that break a promise are written to the working directory; more options of
libFuzzer may follow.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

try:
    import atheris
except ImportError:
    sys.exit("fuzzing needs atheris: pip install atheris")

with atheris.instrument_imports(include=["autograder", "msgpack", "zipfile", "json"]):
    from targets import SEEDS, TARGETS


def main() -> None:
    """Fuzz the named target for so many seconds."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: python tests/fuzz {{{','.join(TARGETS)}}} [seconds]")
    name, seconds, *options = [*sys.argv[1:3], "60"][:2] + sys.argv[3:]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS[name]):
            (Path(corpus) / str(number)).write_bytes(seed)
        bounds = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=65536"]
        atheris.Setup([sys.argv[0], *bounds, *options, corpus], TARGETS[name])
        atheris.Fuzz()


main()
