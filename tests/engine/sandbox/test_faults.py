"""Whatever a submission does instead of answering has its word, and costs nobody else anything."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.model.calls import Call
from autograder.model.errors import Fault, InfrastructureError, StudentFault
from autograder.model.limits import Limits
from autograder.sandbox.worker import handle
from tests.engine.sandbox.asking import ask

FAST = Limits(call_seconds=0.3, import_seconds=2.0, submission_seconds=20.0, wall_factor=2.0, memory=96 << 20)
BRIEF = dataclasses.replace(FAST, call_seconds=0.1)
"""For what uses all of its time."""

CALLS = {
    "raise ValueError('no')": Fault.RAISED,
    "raise KeyboardInterrupt": Fault.RAISED,
    "raise NotImplementedError": Fault.NOT_WRITTEN,
    "return f()": Fault.RAISED,
    "raise Odd": Fault.RAISED,
    "raise SystemExit(0)": Fault.EXITED,
    "exit()": Fault.EXITED,
    "os._exit(0)": Fault.EXITED,
    "ctypes.string_at(0)": Fault.CRASHED,
    "os.abort()": Fault.CRASHED,
    "os.kill(os.getpid(), 9)": Fault.RAISED,
    "os.kill(os.getpid(), 19)": Fault.TIMED_OUT,
    "while True: pass": Fault.TIMED_OUT,
    "time.sleep(100)": Fault.TIMED_OUT,
    "[1] * 10**10": Fault.OUT_OF_MEMORY,
    "np.zeros(10**11)": Fault.OUT_OF_MEMORY,
    "x = []\n    while True: x.append(bytearray(10**6))": Fault.OUT_OF_MEMORY,
    "x = []; x.append(x); return x": Fault.UNSUPPORTED,
    "return np.zeros(9_000_000)": Fault.UNSUPPORTED,
    "return [0.0] * 10**6": Fault.UNSUPPORTED,
    "return 'x' * 10**6": Fault.UNSUPPORTED,
    "return '\\ud800'": Fault.UNSUPPORTED,
    "return 10**5000": Fault.UNSUPPORTED,
    "os.close(4); time.sleep(9)": Fault.PROTOCOL,
    "os.write(4, b'\\xff' * 100); time.sleep(9)": Fault.PROTOCOL,
    "os.write(4, b'\\0' * 8); time.sleep(9)": Fault.PROTOCOL,
    "os.write(4, b'\\1\\0\\0\\0\\0\\0\\0\\0\\x90'); time.sleep(9)": Fault.PROTOCOL,
    "while True: os.write(4, b'\\0' * 4096)": Fault.PROTOCOL,
}
SOURCE = """
import ctypes, os, sys, time
import numpy as np

class Odd(Exception):
    def __str__(self):
        raise SystemExit

def f():
    {}

def g():
    return 1
"""


@pytest.mark.parametrize(("body", "fault"), CALLS.items(), ids=[b.split("\n")[-1].strip()[:40] for b in CALLS])
def test_a_call_that_does_not_answer(run, body, fault):
    session = run(SOURCE.format(body))
    with pytest.raises(StudentFault) as raised:
        ask(session, "f", (), {})
    assert raised.value.fault is fault, raised.value
    assert ask(session, "g", (), {}).value == 1


SLOW = {
    "a loop": ("    n = 0\n    while True:\n        n += 1", "line 9: while True:"),
    "a loop that calls": ("    while True:\n        g()", "line 8: while True:"),
    "loops in each other": (
        "    for i in range(10**9):\n        for j in range(10):\n            pass",
        "line 8: for i in",
    ),
    "a library, not Python": ("    return sum(range(10**12))", "line 8: return sum(range(10**12))"),
    "it waits": ("    time.sleep(100)", "line 8: time.sleep(100)"),
    "another of its files": ("    import helper\n    return helper.forever()", "helper.py, line 3: while 1: pass"),
    "it does not listen": ("    signal.signal(signal.SIGUSR1, signal.SIG_IGN)\n    while True: pass", ""),
    "it lies": (
        """    lie = b'(most recent call first):\\n  File "/etc/hostname", line 1 in f\\n  File "answer.py", line 99 in f\\n'
    signal.signal(signal.SIGUSR1, lambda *_: os.write(4, lie))
    while True: pass""",
        "",
    ),
}


@pytest.mark.parametrize(("body", "line"), SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("hidden", [False, True])
def test_time_that_is_up_names_the_students_line_and_in_hidden_calls_none(run, body, line, hidden):
    source = f"\nimport os\nimport signal\nimport time\ndef g():\n    return 1\ndef f():\n{body}\n"
    session = run(source, BRIEF, helpers={"helper": "\ndef forever():\n    while 1: pass\n"})
    fault = session.call(Call("f", hidden=hidden)).fault
    assert fault.fault is Fault.TIMED_OUT
    assert fault.where.startswith("" if hidden else line)
    assert bool(fault.where) == (bool(line) and not hidden)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[np.ones(10**6) for _ in range(1000)]", "used more than 96 MiB of memory"),
        ("np.ones((10**6, 10**5))", "an array of shape (1000000, 100000) needs 745 GiB, and there is 96 MiB of memory"),
        ("bytearray(10**10)", "used more than 96 MiB of memory"),
        ("exec('raise MemoryError(12)')", "used more than 96 MiB of memory (MemoryError: 12)"),
    ],
)
def test_a_memory_fault_names_one_size_and_that_of_an_array_which_alone_is_too_large(run, line, says):
    fault = run(f"import numpy as np\ndef f():\n    {line}\n").call(Call("f")).fault
    assert (fault.fault, fault.message, fault.where) == (Fault.OUT_OF_MEMORY, says, f"line 3: {line}")


IMPORTS = {
    "import nothing_of_this_name": (Fault.IMPORT_ERROR, "ModuleNotFoundError", "line 2: import nothing_of_this_name"),
    "def f(:": (Fault.IMPORT_ERROR, "SyntaxError", "line 2: def f(:"),
    "1 / 0": (Fault.IMPORT_ERROR, "ZeroDivisionError", "line 2: 1 / 0"),
    "input('n? ')": (Fault.IMPORT_ERROR, "EOFError", "line 2: input('n? ')"),
    "open('data.csv')": (Fault.IMPORT_ERROR, "FileNotFoundError", "line 2: open('data.csv')"),
    "import sys; sys.exit()": (Fault.EXITED, "", "line 2: import sys; sys.exit()"),
    "import os; os._exit(0)": (Fault.EXITED, "", ""),
    "while True: pass": (Fault.TIMED_OUT, "", "line 2: while True: pass"),
    "x = '(' * 10**6": (None, "", ""),
    "(" * 1000: (Fault.IMPORT_ERROR, "SyntaxError", None),
    "-" * 100_000 + "1": (Fault.IMPORT_ERROR, "", None),
    "\0": (Fault.IMPORT_ERROR, "", ""),
}


@pytest.mark.parametrize(("line", "expected"), IMPORTS.items(), ids=[line[:30] for line in IMPORTS])
def test_a_module_that_cannot_be_imported(run, monkeypatch, line, expected):
    fault, message, where = expected
    session = run("\n" + line, dataclasses.replace(FAST, import_seconds=0.5))
    if fault is None:
        assert session.functions() == frozenset()
        return
    with pytest.raises(StudentFault) as raised:
        session.functions()
    assert raised.value.fault in (fault, Fault.CRASHED if line.startswith("-") else fault), raised.value
    assert message in raised.value.message
    if where is not None:
        assert raised.value.where == where
    monkeypatch.setattr(session, "_zygote", lambda: pytest.fail("an import that failed is tried again"))
    with pytest.raises(StudentFault):
        ask(session, "f", (), {})


def test_missing(run):
    with pytest.raises(StudentFault) as raised:
        ask(run("x = 1"), "f", (), {})
    assert raised.value.fault is Fault.MISSING


def test_an_exception_names_its_line_and_bases(run):
    session = run("import numpy as np\ndef f(x):\n    return np.linalg.inv(x)")
    with pytest.raises(StudentFault) as raised:
        ask(session, "f", (np.zeros((2, 2)),), {})
    assert raised.value.where == "line 3: return np.linalg.inv(x)"
    assert raised.value.type_names == ("LinAlgError", "ValueError", "Exception")
    assert raised.value.message == "LinAlgError: Singular matrix"


@pytest.mark.parametrize(
    "sabotage",
    [
        "import builtins; builtins.len = builtins.isinstance = builtins.type = None",
        "import json; json.dumps = None",
        "np.ndarray = np.frombuffer = np.dtype = None",
        "import msgpack; msgpack.unpackb = msgpack.Packer = None",
        "import sys; sys.modules.clear()",
        "import sys; sys.stdout = sys.stderr = None",
        "import sys; sys.stdout.close()",
        "import gc; [o.clear() for o in gc.get_objects() if type(o) is dict]",
        "import threading; threading.RLock = None; import os; os.read = os.write = None",
        "import signal; [signal.signal(s, signal.SIG_IGN) for s in (2, 15, 24, 14)]",
    ],
)
def test_sabotage_of_its_own_process_stays_there(run, sabotage):
    session = run(f"import numpy as np\ndef g(x): return x\ndef f():\n    {sabotage}\n    return 1")
    with _either():
        ask(session, "f", (), {})
    with _either():
        ask(session, "g", (np.zeros(2),), {})
    other = run("def f(x): return x + 1")
    assert ask(other, "f", (np.zeros(2),), {}).value.tolist() == [1, 1]


class _either:  # noqa: N801
    """The sabotage may or may not keep the worker from answering; anything but a StudentFault is ours."""

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        return kind is not None and issubclass(kind, StudentFault)


def test_losses_are_capped(run):
    session = run("import os\ndef f(): os._exit(1)\ndef g(): return 1", dataclasses.replace(FAST, restarts=2))
    for _ in range(3):
        with pytest.raises(StudentFault):
            ask(session, "f", (), {})
    with pytest.raises(StudentFault) as raised:
        ask(session, "g", (), {})
    assert raised.value.fault is Fault.EXITED


@pytest.mark.parametrize("body", ["while True: pass", "time.sleep(99)", "while True: h()"])
def test_the_submission_as_a_whole_is_bounded(run, body):
    session = run(
        f"import time\ndef f(h):\n    {body}", dataclasses.replace(BRIEF, submission_seconds=0.3, restarts=100)
    )
    before = time.monotonic()
    for _ in range(200):  # which took a minute and more, each with its own deadline alone
        with pytest.raises(StudentFault) as raised:
            ask(session, "f", (lambda: time.sleep(0),), {})
        assert raised.value.fault is Fault.TIMED_OUT
    assert time.monotonic() - before < 40


def test_time_in_callbacks_counts(run):
    def slow():
        end = time.thread_time() + 0.02
        while time.thread_time() < end:
            pass

    session = run("def f(h):\n    while True: h()", BRIEF)
    before = time.thread_time()
    with pytest.raises(StudentFault) as raised:
        ask(session, "f", (slow,), {})
    assert raised.value.fault is Fault.TIMED_OUT
    assert time.thread_time() - before < 1


def test_a_call_deadline_of_its_own(run):
    session = run("def f():\n    while True: pass", dataclasses.replace(FAST, call_seconds=100))
    with pytest.raises(StudentFault, match=r"used more than 0\.1 s"):
        ask(session, "f", (), {}, seconds=0.1)


def test_endless_printing_meets_its_deadline(run):
    session = run("def f():\n    while True: print('x' * 10**6)", BRIEF)
    with pytest.raises(StudentFault) as raised:
        ask(session, "f", (), {})
    assert raised.value.fault is Fault.TIMED_OUT
    assert len(session.output) <= 64 * 1024


def test_threads_left_running_do_not_outlive_the_session(run):
    session = run(
        "import threading, time\ndef f():\n    threading.Thread(target=time.sleep, args=(99,)).start()\n    return 1"
    )
    assert ask(session, "f", (), {}).value == 1
    before = time.monotonic()
    session.close()
    assert time.monotonic() - before < 60


def test_memory_is_told_in_words(run):
    session = run("def f(): return bytearray(10**10)", dataclasses.replace(FAST, memory=1 << 30))
    with pytest.raises(StudentFault, match="used more than 1 GiB of memory"):
        ask(session, "f", (), {})


def test_a_trickled_answer_meets_its_deadline(run):
    session = run("""
        import os, time
        def f():
            for byte in (60_000).to_bytes(8, "little") + b"x" * 59_999:
                os.write(4, bytes([byte]))
                time.sleep(0.01)
    """)
    before = time.monotonic()
    with pytest.raises(StudentFault) as raised:
        ask(session, "f", (), {})
    assert raised.value.fault is Fault.TIMED_OUT
    assert time.monotonic() - before < 60


def test_an_interrupt_leaves_the_session_usable(run):
    session = run("def f(g): return g()\ndef h(): return 1")

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(session, "f", (interrupted,), {})
    assert ask(session, "h", (), {}).value == 1


def test_who_ends_is_known_from_who_hangs_up_however_busy_the_machine(run, monkeypatch):
    monkeypatch.setattr(handle, "_GRACE", 0.0)
    ends = "import os\nimport numpy as np\nheld = np.ones(3_000_000)\ndef f(): os._exit(3)"
    hangs_up = "import os, time\ndef f():\n    os.close(4)\n    time.sleep(60)"
    for source, fault in [(ends, Fault.EXITED)] * 10 + [(hangs_up, Fault.PROTOCOL)] * 3:
        with pytest.raises(StudentFault) as caught:
            ask(run(source), "f", (), {})
        assert caught.value.fault is fault


def test_a_lack_of_memory_is_the_machines_fault_where_it_allows_less_than_a_submission_may_use(run, monkeypatch):
    session = run("def f():\n    raise MemoryError")
    with pytest.raises(StudentFault, match="used more than 96 MiB"):
        ask(session, "f")
    monkeypatch.setattr("resource.getrlimit", lambda _: (500 << 20, 500 << 20))
    with pytest.raises(InfrastructureError, match=r"out of memory on this machine \(500 MiB are allowed: ulimit -v"):
        ask(session, "f")


def test_a_worker_that_the_kernel_killed_is_the_machines_fault(run):
    session = run("import os, time\ndef pid(): return os.getpid()\ndef f(): time.sleep(9)")
    pid = ask(session, "pid").value
    killer = threading.Timer(0.1, os.kill, (pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(InfrastructureError, match="out of memory on this machine"):
        ask(session, "f")
    killer.join()
    assert ask(session, "pid").value != pid


def test_a_process_whose_first_thread_ended_before_the_others_is_not_gone():
    """It cannot be reaped yet; who kills it then does not learn how it ended."""
    code = "import ctypes, threading; threading.Thread(target=input).start(); ctypes.CDLL(None).pthread_exit(None)"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as process:
        while b") Z " not in Path(f"/proc/{process.pid}/stat").read_bytes():
            time.sleep(0.01)
        assert handle._life(process.pid) == "lives"
        process.stdin.write(b"\n")
        process.stdin.close()
        while handle._life(process.pid):
            time.sleep(0.01)
        assert process.wait() == 0
