"""What people write at the top of a module works, on every kind of machine, and touches nothing outside the worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.model.errors import Fault, StudentFault
from autograder.sandbox.sandbox import Sandbox
from tests.engine.sandbox.asking import ask

LEVELS = {
    "everything": frozenset(),
    "no-mounts": frozenset({"namespaces", "mounts"}),
    "no-landlock": frozenset({"landlock", "namespaces"}),
    "memory-only": frozenset({"uid", "landlock", "namespaces", "mounts"}),
}
LINES = {
    "savefig": "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('a.png'); plt.savefig('b.pdf'); plt.close()",
    "backend": "import matplotlib; matplotlib.use('TkAgg'); import matplotlib.pyplot as plt; plt.switch_backend('TkAgg'); plt.show()",
    "logging": "import logging; logging.basicConfig(filename='run.log', level=20); logging.info('x'); assert 'x' in open('run.log').read()",
    "makedirs": "os.makedirs('a/b/c', exist_ok=True); os.makedirs('a/b/c', exist_ok=True); assert os.path.isdir('a/b')",
    "write": "f = open('x.txt', 'w'); f.write('hi'); f.close(); assert open('x.txt').read() == 'hi' and os.path.getsize('x.txt') == 2",
    "append": "[open('x', 'a').write('y') for _ in range(3)]; assert open('x', 'rb').read() == b'yyy'",
    "update": "open('x', 'w+b').write(b'abc'); f = open('x', 'r+b'); f.seek(1); f.write(b'X'); f.close(); assert open('x').read() == 'aXc'",
    "pathlib": "from pathlib import Path; p = Path('d'); p.mkdir(); (p / 'a').write_text('1'); assert [q.name for q in p.iterdir()] == ['a'] and (p / 'a').exists(); (p / 'a').unlink(); p.rmdir()",
    "pool": "import multiprocessing as mp; pool = mp.Pool(2); assert pool.map(abs, [-1, 2]) == [1, 2]; pool.close()",
    "executor": "from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(2) as e: assert list(e.map(abs, [-1])) == [1]",
    "context pool": "import multiprocessing; multiprocessing.get_context('spawn').Pool(2).terminate()",
    "file": "here = os.path.dirname(os.path.abspath(__file__)); os.chdir(here); assert 'here' in open(__file__).read() and os.path.exists(__file__)",
    "getcwd": "assert os.listdir('.') == ['answer.py'] and os.path.basename(os.getcwd()) == 'student'",
    "getpass": "import getpass; assert getpass.getuser() == 'student'",
    "pwd": "import pwd; assert pwd.getpwuid(os.getuid()).pw_name == 'student' and os.getlogin() == 'student'",
    "home": "from pathlib import Path; assert str(Path.home()) == os.path.expanduser('~') == os.environ['HOME'] == '/home/student'",
    "tempfile": "import tempfile; f = tempfile.NamedTemporaryFile('w+'); f.write('x'); f.seek(0); assert f.read() == 'x'; f.close()",
    "temporary folder": "import tempfile\nwith tempfile.TemporaryDirectory() as d:\n    open(d + '/a', 'w').write('x')\nassert not os.path.exists(d)",
    "temporary file": "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x'); f.seek(0); assert f.read() == b'x'; fd, n = tempfile.mkstemp(); os.write(fd, b'x'); os.close(fd); os.remove(n)",
    "environment": "os.environ['HOME'], os.environ['USER'], os.environ['PATH'], os.environ['TMPDIR']",
    "asyncio": "import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    return await asyncio.to_thread(int, 3)\nassert asyncio.run(main()) == 3",
    "saved arrays": "import numpy as np; np.save('a.npy', np.ones(3)); assert np.load('a.npy').sum() == 3; np.savetxt('a.txt', np.eye(2)); assert np.loadtxt('a.txt').shape == (2, 2); np.savez('b', x=np.ones(2)); assert np.load('b.npz')['x'].sum() == 2",
    "pickle": "import pickle, json, csv; pickle.dump([1], open('p', 'wb')); assert pickle.load(open('p', 'rb')) == [1]; json.dump({}, open('j', 'w')); csv.writer(open('c.csv', 'w', newline='')).writerow([1])",
    "gzip and zip": "import gzip, zipfile\nwith gzip.open('a.gz', 'wb') as f: f.write(b'x')\nassert gzip.open('a.gz').read() == b'x'\nwith zipfile.ZipFile('a.zip', 'w') as z: z.write('a.gz')\nassert zipfile.ZipFile('a.zip').namelist() == ['a.gz']",
    "shutil": "import shutil; os.mkdir('d'); open('d/x', 'w').write('1'); shutil.copy('d/x', 'y'); shutil.rmtree('d'); assert not os.path.exists('d') and os.path.exists('y')",
    "rename": "open('a', 'w').close(); os.rename('a', 'b'); os.replace('b', 'c'); assert os.path.isfile('c') and not os.path.exists('a')",
    "walk": "import glob; os.makedirs('x/y'); open('x/y/z', 'w').close(); assert [f for _, _, f in os.walk('x')] == [[], ['z']] and glob.glob('x/*/z')",
    "system": "os.system('clear')",
}


@pytest.fixture(scope="module", params=LEVELS, ids=str)
def level(request):
    with Sandbox(without=LEVELS[request.param]) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", LINES)
def test_a_line_at_the_top_of_a_right_answer(level, run, name):
    session = run(f"import os\n{LINES[name]}\ndef f(): return 7", within=level)
    assert ask(session, "f").value == 7


def test_another_worker_starts_with_an_empty_folder(run):
    assert ask(run("open('x', 'w').write('1')\ndef f(): return 7"), "f").value == 7
    session = run("import os\ndef f(): return os.listdir('.') + os.listdir('/tmp')")
    assert ask(session, "f").value == ["answer.py"]
    assert not Path("/home/student").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("open('/etc/passwd')", "files outside your folder cannot be opened"),
        ("open('/etc/x', 'w')", "files outside your folder cannot be opened"),
        ("os.remove('/etc/passwd')", "files outside your folder cannot be changed"),
        ("os.chdir('/')", "you cannot leave your folder"),
        ("open('/nowhere/data.csv')", "files outside your folder cannot be opened"),
        ("open('data.csv')", "No such file or directory"),
        ("os.chdir('nowhere')", "No such file or directory"),
        ("os.mkdir('a/b')", "No such file or directory"),
    ],
)
def test_what_stays_refused_says_so(level, run, line, words):
    with pytest.raises(StudentFault, match=words) as caught:
        ask(run(f"import os\ndef f():\n    {line}", within=level), "f")
    assert caught.value.fault is Fault.RAISED


def test_what_is_written_counts_as_memory(run):
    session = run("def f():\n    with open('x', 'wb') as file:\n        while True: file.write(bytes(10**6))")
    with pytest.raises(StudentFault) as caught:
        ask(session, "f", seconds=5)
    assert caught.value.fault in (Fault.OUT_OF_MEMORY, Fault.TIMED_OUT)
