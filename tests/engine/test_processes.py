"""A command that is forked does what it does in a Python that is started for it."""

import os

import pytest

from tests.processes import run_python

TELL = """
import atexit, os, sys
print(sys.argv, os.getcwd(), os.environ["ANSWER"], sys.stdin.read() == "", sys.stdout.encoding, sys.stderr.errors)
print([p for p in sys.path if "site-packages" not in p], __name__, sys.modules["__main__"].__dict__ is globals())
atexit.register(print, "the last thing")
print("to the other output", file=sys.stderr)
"""
ENDS = {
    "by itself": "",
    "with a status": "raise SystemExit(3)",
    "with words": "sys.exit('what was expected')",
    "with true": "sys.exit(True)",
    "at an exception": "raise ValueError('x')",
    "in a thread": "import threading, time; threading.Timer(0.1, print, ['from a thread']).start()",
    "at a signal": "import signal; os.kill(os.getpid(), signal.SIGTERM)",
    "at Ctrl-C": "import signal; os.kill(os.getpid(), signal.SIGINT)",
}


@pytest.mark.parametrize("end", ENDS)
def test_the_same_as_started(tmp_path, end):
    def ran(*, fresh):
        done = run_python(tmp_path, "-c", TELL + ENDS[end], "a", "-b", fresh=fresh, ANSWER="42")
        return (
            done.returncode,
            done.stdout,
            [line for line in done.stderr.splitlines() if "processes.py" not in line][-2:],
        )

    assert ran(fresh=False) == ran(fresh=True)


def test_a_script_and_a_module(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "tell.py").write_text(TELL + "import beside\n")
    (tmp_path / "folder" / "beside.py").write_text("print('beside')\n")
    for cwd, arguments in ((tmp_path, ["folder/tell.py", "a"]), (tmp_path / "folder", ["-m", "tell", "a"])):
        forked, started = (run_python(cwd, *arguments, fresh=fresh, ANSWER="42") for fresh in (False, True))
        assert (forked.returncode, forked.stdout, forked.stderr) == (started.returncode, started.stdout, started.stderr)
        assert "beside" in forked.stdout


def test_chance_is_new_in_each(tmp_path):
    code = "import random, numpy; print(random.random(), numpy.random.rand())"
    one, other = (run_python(tmp_path, "-c", code).stdout.split() for _ in range(2))
    assert all(a != b for a, b in zip(one, other, strict=True))


def test_it_is_a_process_of_its_own(tmp_path):
    done = run_python(tmp_path, "-c", "import os; os.environ['ANSWER'] = '42'; print(os.getpid())")
    assert int(done.stdout) != os.getpid()
    assert "ANSWER" not in os.environ
