"""Where attacks run: an assignment, honest submissions, things worth stealing, and ``grade`` with chosen layers."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks.attack import PASSED, Attack

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary-3c1f9e"
MARK = f"attack-{os.getpid()}"
"""Name of files in shared places that only a breach makes; of this process, since others test beside it."""
LIMITS = {
    "call_seconds": 0.1,
    "property_seconds": 0.5,
    "question_seconds": 3.0,
    "submission_seconds": 6.0,
    "import_seconds": 0.5,
    "wall_factor": 2.0,
    "memory": 128 << 20,
    "answers": 64 << 20,
}
PUBLIC_CASES = 24  # published, and as many unpublished
HONEST = {
    "honest_right": "import numpy as np\ndef double(z): return 2 * np.asarray(z)\ndef weigh(X, theta): return X @ theta\n",
    "honest_loops": "def double(z):\n    return z + z\ndef weigh(X, theta):\n    return [sum(a * b for a, b in zip(x, theta)) for x in X]\n",
    "honest_wrong": "def double(z): return z ** 2\ndef weigh(X, theta): return X @ theta\n",
    "honest_unwritten": "def double(z):\n    raise NotImplementedError\ndef weigh(X, theta):\n    return X @ theta\n",
    "honest_given": "def double(z): return z * 3\ndef weigh(X, theta): return double(X @ theta) / 2\n",
    "honest_chatty": "def double(z):\n    print('hello', z)\n    return 2 * z\ndef weigh(X, theta): return X @ theta\n",
}
REFERENCE = f"""\
import numpy as np

SECRET = "{CANARY}"


def double(z):
    np.ones(int(np.abs(z).max(initial=0.0)))  # takes memory by its argument's value, as counting labels does
    return 2 * np.asarray(z)


def weigh(X, theta):
    return X @ theta
"""
# Runs in the place of ``python -m autograder``: the same command where some layers are missing.
COMMAND = """\
import json, resource, sys
without, required, broken = json.loads(sys.argv.pop(1))
from autograder.sandbox.worker import launcher
from autograder.sandbox import sandbox
sandbox.Sandbox.__init__.__kwdefaults__["without"] = frozenset(without)
if not required:
    sandbox.require_isolation = lambda layers: None
launcher._BOOT = launcher._BOOT.replace("zygote.main(", broken + "\\nzygote.main(")
from autograder.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


@dataclass(frozen=True)
class Machine:
    """What a machine has of the layers.

    Attributes:
        without: layers that are left out.
        required: whether grading refuses without enough isolation.
        user: uid that grades, or None for the one that tests.
        broken: a statement that breaks a layer in the process that puts it on.

    """

    without: frozenset[str] = frozenset()
    required: bool = True
    user: int | None = None
    broken: str = ""


@dataclass
class Listeners:
    """Sockets that no submission may reach."""

    heard: list[str] = field(default_factory=list)


class Arena:
    """A folder for one batch.

    Args:
        toy: the toy's master folder.
        folder: an empty one.
        limits: those that are not as in ``LIMITS``.

    """

    def __init__(self, toy: Path, folder: Path, **limits: float) -> None:
        self.folder = folder
        self.peak = 0  # bytes of memory that the largest process of the last grading took
        self.held: frozenset[str] = frozenset()  # layers that confined the last grading
        folder.chmod(0o755)
        self.master = folder / "toy"
        shutil.copytree(toy, self.master)
        (self.master / "toy.py").write_text(REFERENCE, encoding="utf-8")
        contract = self.master / "tests" / "contract.toml"
        table = "".join(f"{name} = {value}\n" for name, value in (LIMITS | limits).items())
        contract.write_text(f"{contract.read_text(encoding='utf-8')}\n[limits]\n{table}", encoding="utf-8")
        self.secret = folder / "secret.txt"
        self.secret.write_text(CANARY)
        self.secret.chmod(0o666)
        self.evidence = folder / "evidence"
        self.evidence.mkdir()
        self.evidence.chmod(0o1777)
        self.submissions = folder / "submissions"
        self.submissions.mkdir()
        for name, source in HONEST.items():
            (self.submissions / f"{name}.py").write_text(source, encoding="utf-8")

    def hand_in(self, attacks: Sequence[Attack], ports: Mapping[str, object]) -> None:
        """Write the attacks as submissions."""
        spot = {
            "evidence": str(self.evidence),
            "secret": str(self.secret),
            "reference": str(self.master / "toy.py"),
            "tests": str(self.master / "tests"),
            "neighbour": str(self.submissions / "honest_right.py"),
            "grader": os.getpid(),
            "public_cases": PUBLIC_CASES,
            "canary": [CANARY[:6], CANARY[6:]],
            "project": str(ROOT),
            "mark": MARK,
            **ports,
        }
        for attack in attacks:
            (self.submissions / f"{attack.name}.py").write_text(attack.source(spot), encoding="utf-8")

    def grade(self, machine: Machine, *options: str, seconds: float = 300) -> dict[str, dict[str, Any]]:
        """Grade all of them in one batch; results by submission."""
        out = Path(tempfile.mkdtemp(prefix="out", dir=self.folder))
        given = json.dumps([sorted(machine.without), machine.required, machine.broken])
        command = [sys.executable, "-c", COMMAND, given, "grade", str(self.master), str(self.submissions)]
        command += ["--out", str(out), *options]
        if machine.user is not None:
            os.chown(out, machine.user, machine.user)
            command = as_user(machine.user, command, self.folder)
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | {"A_SECRET": CANARY, "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said = re.search(r"isolation: ([\w, ]*)", done.stdout)
        assert said, done.stdout
        self.held = frozenset(said[1].strip().split(", "))
        self.peak = int(done.stderr.split()[-1]) << 10
        return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in (out / "results").glob("*.json")}

    def breaches(self, results: Mapping[str, Mapping[str, Any]]) -> set[str]:
        """Submissions that got through: by their own word, or by what they left or learned."""
        found = {path.name for path in self.evidence.iterdir()}
        for path in (Path("/dev/shm", MARK), Path("/tmp", MARK)):
            if path.exists():
                path.unlink()
                found.add(str(path))
        for name, result in results.items():
            hidden = [t["output"] for t in result["tests"] if "right everywhere" in t["name"]]
            shown = json.dumps([result["output"], [t["output"] for t in result["tests"]]])
            if not name.startswith("honest") and (
                "BREACH" in result["output"]
                or "\x1b" in result["output"]
                or CANARY in shown
                or any("TOLD" in text for text in hidden)
            ):
                found.add(name)
        if self.secret.read_text() != CANARY:
            found.add("the secret was changed")
        return found


def reported(result: Mapping[str, Any]) -> tuple[str, str, float, float]:
    """Status, the reason at ``double``, and the points of both questions."""
    found = result["extra_data"]["result"]
    double, weigh = found["questions"]
    reasons = {p["reason"] or PASSED for p in double["properties"]}
    points = [sum(p["points"] for p in q["properties"] if p["verdict"] == "passed") for q in (double, weigh)]
    return found["detail"] or found["status"], "/".join(sorted(reasons)), points[0], points[1]


def without_times(results: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The honest results, as bytes would compare."""
    return {
        name: json.dumps({**result, "execution_time": 0}, sort_keys=True)
        for name, result in results.items()
        if name.startswith("honest")
    }


def as_user(user: int, command: Sequence[str], folder: Path) -> list[str]:
    """The command as an unprivileged user, who sees the interpreter even where it is in a private folder."""
    private = next((p for p in reversed(Path(sys.base_prefix).parents) if not p.stat().st_mode & 0o001), None)
    steps = []
    if private is not None:
        shadow = folder / "shadow"
        base = shadow / Path(sys.base_prefix).relative_to(private)
        base.mkdir(parents=True, exist_ok=True)
        steps = [f"mount --bind {sys.base_prefix} {base}", f"mount --rbind {shadow} {private}"]
    steps.append(f'exec setpriv --reuid {user} --regid {user} --clear-groups "$@"')
    return ["unshare", "-m", "sh", "-c", " && ".join(steps), "sh", *command]


def alive(pids: Iterable[int]) -> set[int]:
    """Those of the processes that have not ended."""

    def lives(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    return {pid for pid in pids if lives(pid)}


def litter() -> set[str]:
    """What processes that are gone have left; those that live may be at work beside this test."""
    found = [p for place in (Path(tempfile.gettempdir()), Path("/dev/shm")) for p in place.glob("autograder-*-*")]
    pids = {p: p.name.split("-")[1] for p in found}
    return {str(p) for p, pid in pids.items() if pid.isdigit() and not alive({int(pid)})}


@contextlib.contextmanager
def listening(folder: Path) -> Iterator[tuple[dict[str, object], Listeners]]:
    """Servers on every kind of local address: their addresses, and who was heard."""
    heard = Listeners()
    sockets = {
        "tcp": socket.create_server(("127.0.0.1", 0)),
        "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX),
        "abstract": socket.socket(socket.AF_UNIX),
    }
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    sockets["udp"].bind(("127.0.0.1", 0))
    sockets["unix"].bind(str(folder / "socket"))
    (folder / "socket").chmod(0o777)
    sockets["abstract"].bind(f"\0attack-{name}")
    for kind in ("unix", "abstract"):
        sockets[kind].listen()

    def listen(kind: str) -> None:
        while True:
            try:
                if kind == "udp":
                    if not sockets[kind].recv(1):
                        return
                else:
                    sockets[kind].accept()[0].close()
            except OSError:
                return
            heard.heard.append(kind)

    threads = [threading.Thread(target=listen, args=(kind,), daemon=True) for kind in sockets]
    for thread in threads:
        thread.start()
    ports = {kind: sockets[kind].getsockname()[1] for kind in ("tcp", "udp")}
    try:
        yield {**ports, "unix": str(folder / "socket"), "abstract": f"attack-{name}"}, heard
    finally:
        for one in sockets.values():
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
