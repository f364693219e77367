"""What student code tries, and cannot do; under every set of layers that suffices to grade."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.model.errors import Fault, InfrastructureError, StudentFault
from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.layers import LAYERS, Finding, find_layers, isolation_level, missing_requirements, seccomp
from autograder.sandbox.sandbox import Sandbox
from tests.engine.sandbox.asking import ask

VARIANTS = {
    "all": frozenset(),
    "no-namespaces": frozenset({"namespaces", "mounts"}),
    "no-landlock": frozenset({"landlock", "namespaces"}),
    "no-uid": frozenset({"uid", "namespaces"}),
    "seccomp-only": frozenset({"uid", "landlock", "namespaces", "mounts"}),
}
PRELUDE = """
import ctypes, mmap, os, posix, resource, signal, socket, subprocess, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
def call(*args):
    result = libc.syscall(*args)
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result
"""
FORBIDDEN = {
    "read a file of the project": "open({project!r}).read()",
    "read the passwords": "open('/etc/passwd').read()",
    "read the environment of the grader": "open('/proc/{grader}/environ').read()",
    "read its own process's files": "open('/proc/self/maps').read()",
    "list the project": "os.listdir({folder!r})",
    "list the temporary files": "posix.listdir('/tmp')",
    "write a file": "posix.open('/tmp/{mark}-was-here', os.O_CREAT | os.O_WRONLY)",
    "write to shared memory": "posix.open('/dev/shm/{mark}-was-here', os.O_CREAT | os.O_WRONLY)",
    "create shared memory": "call(29, 0, 4096, 0o1600)",
    "make a file in memory": "os.memfd_create('x')",
    "remove a file": "posix.unlink('/tmp/{mark}-is-here')",
    "change a file's mode": "os.chmod({project!r}, 0o777)",
    "fork": "os.fork()",
    "vfork": "call(58)",
    "clone without a thread": "call(56, 17, 0, 0, 0, 0)",
    "run a program": "subprocess.run(['/bin/true'])",
    "become a program": "os.execv('/bin/true', ['true'])",
    "open a socket": "socket.socket()",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "open a raw socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "signal the grader": "os.kill({grader}, 0)",
    "signal its group": "os.kill(0, 0)",
    "signal everyone": "os.kill(-1, 0)",
    "trace the grader": "call(101, 16, {grader}, 0, 0)",
    "read the grader's memory": "call(310, {grader}, 0, 0, 0, 0, 0)",
    "become root": "os.setuid(0)",
    "raise its limits": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "limit the grader": "resource.prlimit({grader}, resource.RLIMIT_CPU, (1, 1))",
    "leave its core": "os.sched_setaffinity(0, {{0, 1}})",
    "leave its namespaces": "call(272, 0x10000000)",
    "leave its root directory": "os.chroot('.')",
    "mount": "call(165, b'a', b'/', b'b', 0, 0)",
    "use io_uring": "call(425, 8, 0)",
    "load BPF": "call(321, 0, 0, 0)",
    "open by handle": "call(304, 0, 0, 0)",
    "be dumpable again": "call(157, 4, 1, 0, 0, 0)",
    "outlive its parent": "call(157, 1, 0, 0, 0, 0)",
    "read the grader's CPU time": "call(228, ~{grader} << 3 | 2, ctypes.create_string_buffer(16))",
    "see which core the grader has": "os.sched_getaffinity({grader})",
    "hold signals by descriptor": "call(434, {grader}, 0)",
    "send a descriptor": "call(46, 3, 0, 0)",
    "lock memory": "call(151, 1)",
}


@pytest.fixture(scope="module", params=VARIANTS, ids=str)
def variant(request):
    with Sandbox(without=VARIANTS[request.param]) as sandbox:
        missing = {
            layer.name: layer.detail for layer in sandbox.layers if not layer.holds and layer.detail != "switched off"
        }
        if request.param != "all" and not (VARIANTS[request.param] - missing.keys()):
            pytest.skip(f"the same as the machine's own: {missing}")
        yield sandbox


def test_every_forbidden_thing_is_refused(variant, run, tmp_path):
    if os.uname().machine != "x86_64":
        pytest.skip("the system call numbers of the attempts are those of x86_64")
    mark = f"autograder-test-{os.getpid()}"
    Path(f"/tmp/{mark}-is-here").touch()
    project = str(Path(__file__).resolve())
    names = {"project": project, "folder": str(Path(project).parent), "grader": os.getpid(), "mark": mark}
    bodies = "\n".join(
        f"def f{i}():\n    return {attempt.format(**names)}" for i, attempt in enumerate(FORBIDDEN.values())
    )
    session = run(PRELUDE + bodies, within=variant)
    through = []
    for i, what in enumerate(FORBIDDEN):
        try:
            ask(session, f"f{i}", (), {})
        except StudentFault as fault:
            if not {"OSError", "ValueError"} & set(fault.type_names):
                through.append((what, fault))
        else:
            through.append((what, "nothing was raised"))
    Path(f"/tmp/{mark}-is-here").unlink()
    assert not through
    assert not [p for p in (Path("/tmp"), Path("/dev/shm")) if (p / f"{mark}-was-here").exists()]


def test_a_right_answer_is_right_in_every_variant(variant, run):
    session = run(
        """
        import numpy as np, scipy.special, functools, dataclasses, typing, warnings
        from concurrent.futures import ThreadPoolExecutor
        warnings.warn("careful")
        def f(x):
            with ThreadPoolExecutor(2) as pool:
                halves = list(pool.map(scipy.special.expit, [x, x]))
            return halves[0] + np.linalg.norm(x) * 0
        """,
        within=variant,
    )
    assert ask(session, "f", (np.zeros(2),), {}).value.tolist() == [0.5, 0.5]
    assert "careful" in session.output


def test_without_landlock_nothing_can_be_imported_that_was_not_loaded(run):
    with Sandbox(without=frozenset({"landlock"})) as sandbox, pytest.raises(StudentFault) as fault:
        run("import wave", within=sandbox).functions()
    assert fault.value.fault is Fault.IMPORT_ERROR


@pytest.mark.parametrize("layer", ["seccomp", "limits"])
def test_grading_is_refused_without_enough_isolation(layer):
    with Sandbox(without=frozenset({layer})) as sandbox, pytest.raises(InfrastructureError, match="unsafe-no-sandbox"):
        _ = sandbox.layers


def test_unsafe_is_only_another_process_whose_layers_nobody_need_ask_for(run):
    with Sandbox(unsafe=True) as sandbox:
        assert ask(run("def f(): return 1", within=sandbox), "f", (), {}).value == 1
    with Sandbox(unsafe=True) as sandbox:
        assert not any(layer.holds for layer in sandbox.layers)
        session = run("import os\ndef f(): return os.getpid()", within=sandbox)
        assert ask(session, "f", (), {}).value != os.getpid()


def test_the_environment_holds_no_secrets(run, monkeypatch):
    with Sandbox() as sandbox:
        session = run("import os, sys\ndef f(): return dict(os.environ), sys.argv, sys.path", within=sandbox)
        environment, argv, path = ask(session, "f", (), {}).value
    assert set(environment) <= {
        "PATH", "LANG", "PYTHONHASHSEED", "PYTHONUTF8", "JOBLIB_MULTIPROCESSING", "MPLBACKEND", "MPLCONFIGDIR", "LC_CTYPE",
        "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "BLIS_NUM_THREADS",
        "OPENBLAS_CORETYPE", "LD_LIBRARY_PATH", "MALLOC_ARENA_MAX",
        "HOME", "USER", "LOGNAME", "USERNAME", "TMPDIR", "PWD",
    }  # fmt: skip
    assert argv == ["answer.py"]
    assert not any(
        (Path(folder) / "autograder" / "sandbox").exists() for folder in path if "site-packages" not in folder
    )


def test_only_its_own_descriptors_are_open(run):
    session = run("""
        import os
        def f():
            found = []
            for fd in range(256):
                try:
                    os.fstat(fd)
                    found.append(fd)
                except OSError:
                    pass
            return found
    """)
    assert ask(session, "f", (), {}).value == [0, 1, 2, 3, 4]


def test_threads_are_bounded(run):
    session = run("""
        import threading, time
        def f():
            n = 0
            try:
                while n < 5000:
                    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
                    n += 1
            except RuntimeError:
                pass
            return n
    """)
    assert ask(session, "f", (), {}).value < 200


def test_every_layer_is_tried():
    findings = find_layers()
    assert [finding.name for finding in findings] == [layer.name for layer in LAYERS]
    assert all(finding.detail for finding in findings)
    assert not missing_requirements(findings)


def test_the_doctor_knows_what_to_do_and_what_results():
    assert all(layer.remedy and layer.guarantee for layer in LAYERS)
    all_hold = tuple(Finding(layer.name, holds=True, detail="") for layer in LAYERS)
    assert isolation_level(all_hold).startswith(
        "every worker runs as a user of its own; they open Python's own files only, and see no others;"
    )
    seeing = tuple(finding._replace(holds=finding.name != "mounts") for finding in all_hold)
    assert isolation_level(seeing).startswith(
        "every worker runs as a user of its own; they open Python's own files only;"
    )
    least = tuple(finding._replace(holds=finding.name in ("seccomp", "limits")) for finding in all_hold)
    assert isolation_level(least).startswith("workers run as the user who grades; they open no file")
    assert [finding.name for finding in missing_requirements(())] == []
    none = tuple(finding._replace(holds=False) for finding in all_hold)
    assert [finding.name for finding in missing_requirements(none)] == ["limits", "seccomp"]


WAYS_OUT_OF_A_ROOT = {
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "mount": (165, 40),
    "umount2": (166, 39),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "unshare": (272, 97),
    "setns": (308, 268),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "open_tree_attr": (467, 467),
}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("files", [True, False])
def test_the_filter_decides_as_written(machine, files):
    """Interpret the program instead of the kernel, so that the other architecture is tried too."""
    program = seccomp.assemble(machine, pid=77, files=files)
    arch, column = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}[machine]

    def decide(number, *args, arch=arch):
        data = {0: number, 4: arch, **{16 + 8 * i: a for i, a in enumerate(args)}}
        at = accumulator = 0
        while True:
            code, yes, no, constant = program[at]
            at += 1
            if code == 0x20:
                accumulator = data.get(constant, 0)
            elif code == 0x06:
                return constant
            else:
                holds = {0x15: accumulator == constant, 0x35: accumulator >= constant, 0x45: accumulator & constant}[
                    code
                ]
                at += yes if holds else no

    allow, eperm, kill = 0x7FFF0000, 0x00050001, 0x80000000
    assert decide(0, arch=arch ^ 1) == kill
    known = [numbers[column] for numbers in (seccomp.ALWAYS | seccomp.FILES).values() if numbers[column] is not None]
    assert len(known) == len(set(known))
    for name, numbers in seccomp.ALWAYS.items():
        assert numbers[column] is None or decide(numbers[column]) == allow, name
    for name, numbers in seccomp.FILES.items():
        assert numbers[column] is None or decide(numbers[column]) == (allow if files else eperm), name
    clone, prlimit, kill_, execve = {"x86_64": (56, 302, 62, 59), "aarch64": (220, 261, 129, 221)}[machine]
    assert decide(clone, 0x3D0F00) == allow
    assert decide(clone, 17) == eperm
    assert decide(prlimit, 0) == allow
    assert decide(prlimit, 1) == eperm
    assert decide(kill_, 77, 11) == allow
    assert decide(kill_, 78, 0) == eperm
    assert decide(kill_, 77, 9) == eperm
    tgkill = {"x86_64": 234, "aarch64": 131}[machine]
    assert [decide(tgkill, 77, 77, 6), decide(tgkill, 78, 78, 0), decide(tgkill, 77, 77, 9)] == [allow, eperm, eperm]
    assert decide(execve) == eperm
    for name, numbers in WAYS_OUT_OF_A_ROOT.items():
        assert decide(numbers[column]) == eperm, name
    affinity = {"x86_64": 204, "aarch64": 123}[machine]
    assert [decide(affinity, 0), decide(affinity, 77), decide(affinity, 78)] == [allow, allow, eperm]
    for numbers in seccomp.CLOCKS.values():
        of_process, of_thread = ([(~who << 3 | kind) & 0xFFFFFFFF for who in (0, 77, 78)] for kind in (2, 6))
        assert all(decide(numbers[column], clock) == allow for clock in (*range(12), *of_process[:2], *of_thread))
        assert decide(numbers[column], of_process[2]) == 0x00050000 | 22
    openat = {"x86_64": 257, "aarch64": 56}[machine]
    accept = allow if files else eperm
    assert decide(openat, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == accept
    assert decide(openat, 0, 0, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) == accept  # /dev/null; the rest is Landlock's
    assert decide(openat, 0, 0, os.O_RDONLY | os.O_TRUNC) == (0x00050000 | 13 if files else eperm)
    assert decide(435) == 0x00050000 | 38
    if machine == "x86_64":
        assert decide(0x40000000) == kill


def children(pid):
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_nothing_is_left_after_close():
    before = set(children(os.getpid())), set(Path("/proc/self/fd").iterdir())
    affinity = os.sched_getaffinity(0)
    with Sandbox() as sandbox:
        session = sandbox.open(Submission("a", "import matplotlib.pyplot\ndef f(): return 1"), "answer", Limits())
        ask(session, "f", (), {})
        zygote = sandbox._zygote._process.pid
    session.close()
    assert (set(children(os.getpid())), set(Path("/proc/self/fd").iterdir())) == before
    assert not list(Path(tempfile.gettempdir()).glob(f"autograder-{zygote}-*"))
    assert os.sched_getaffinity(0) == affinity


def test_nothing_is_left_when_the_grader_is_killed():
    grader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                from autograder.model.limits import Limits
                from autograder.model.submission import Submission
                from autograder.sandbox.sandbox import Sandbox
                from tests.engine.sandbox.asking import ask
                with Sandbox() as sandbox:
                    session = sandbox.open(Submission("a", "def f():\\n    while True: pass"), "answer", Limits())
                    session.functions()
                    print("ready", flush=True)
                    ask(session, "f", (), {})
            """),
        ],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert grader.stdout
    assert grader.stdout.readline() == b"ready\n"
    (zygote,) = children(grader.pid)
    (worker,) = children(zygote)
    grader.kill()
    grader.wait()
    grader.stdout.close()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in (zygote, worker)):
        time.sleep(0.02)
    assert not Path(f"/proc/{worker}").exists()
    assert not Path(f"/proc/{zygote}").exists()


def test_a_zygote_that_died_is_ours_and_is_replaced():
    with Sandbox() as sandbox, sandbox.open(Submission("a", "def f(): return 1"), "answer", Limits()) as session:
        ask(session, "f", (), {})
        process = sandbox._zygote._process
        process.kill()
        process.wait()  # its workers get their signal before it can be waited for
        with pytest.raises(InfrastructureError):
            ask(session, "f", (), {})
        assert ask(session, "f", (), {}).value == 1


def test_a_worker_reads_its_own_clocks(variant, run):
    session = run(
        """
        import os, threading, time
        def f():
            thread = threading.Thread(target=time.sleep, args=(0.05,))
            thread.start()
            clocks = [time.CLOCK_MONOTONIC, time.CLOCK_PROCESS_CPUTIME_ID, time.CLOCK_THREAD_CPUTIME_ID,
                      time.pthread_getcpuclockid(thread.ident), ~os.getpid() << 3 | 2]
            found = [time.clock_gettime(clock) >= 0 for clock in clocks] + [time.clock_getres(c) > 0 for c in clocks]
            thread.join()
            return all(found) and len(os.sched_getaffinity(0)) > 0 and time.process_time() > 0
        """,
        within=variant,
    )
    assert ask(session, "f").value is True
