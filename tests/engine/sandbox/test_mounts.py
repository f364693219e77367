"""The private root: what a worker may read is there under every name that it had, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from autograder.model.limits import Limits
from autograder.sandbox.layers import find_layers, mounts
from autograder.sandbox.layers.trial import in_child
from autograder.sandbox.sandbox import Sandbox
from tests.engine.sandbox.asking import ask

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True, scope="module")
def _holds() -> None:
    if missing := [finding for finding in find_layers() if finding.name == "mounts" and not finding.holds]:
        pytest.skip(missing[0].detail)


@pytest.fixture
def within(monkeypatch):
    """Run a function in a root directory that holds these files; what it finds wrong."""

    def within(names, look):
        monkeypatch.setattr(mounts, "readable_paths", lambda: tuple(map(str, names)))

        def enter():
            layer = mounts.Mounts()
            layer.prepare(frozenset())
            layer._enter()
            return look()

        return in_child(enter)

    return within


@pytest.fixture
def tree(tmp_path):
    """Files and directories, and symbolic links of every kind to them."""
    for name in ("library/deep/a.txt", "library/b.txt", "other/c.txt", "secret/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for link, target in {
        "relative": "library",
        "absolute": str(tmp_path / "library/deep"),
        "chain": "relative/../relative/deep",
        "library/out": "../other",
        "file": "other/c.txt",
        "dangling": "nowhere/at/all",
        "loop": "loop",
    }.items():
        (tmp_path / link).symlink_to(target)
    return tmp_path


@pytest.mark.parametrize(
    ("names", "there"),
    [
        (["library"], ["library/deep/a.txt", "library/b.txt", "library/out"]),
        (["library/deep", "library"], ["library/deep/a.txt", "library/b.txt"]),
        (["library/deep", "library/deep"], ["library/deep/a.txt"]),
        (["relative"], ["relative/b.txt", "library/b.txt"]),
        (["absolute"], ["absolute/a.txt", "library/deep/a.txt"]),
        (["chain"], ["chain/a.txt", "relative/deep/a.txt"]),
        (["library", "library/out"], ["library/out/c.txt", "other/c.txt"]),
        (["file"], ["file", "other/c.txt"]),
        (["other/c.txt", "dangling", "nowhere"], ["other/c.txt"]),
        (["library/../other"], ["other/c.txt"]),
    ],
)
def test_what_is_named_is_there_and_nothing_else(within, tree, names, there):
    files = {*tree.rglob("*.txt"), Path("/etc/passwd"), Path("/proc/self/stat"), Path(sys.executable)}
    named = [(tree / name).resolve() for name in names]
    others = [file for file in files if not any(file == path or file.is_relative_to(path) for path in named)]
    mask = os.umask(0o077)

    def look():
        wrong = [name for name in there if not os.path.lexists(tree / name)]
        wrong += [str(file) for file in others if file.exists()]
        wrong += [
            folder for folder, _, _ in os.walk("/") if folder.count("/") < 3 and not Path(folder).stat().st_mode & 1
        ]
        return " ".join(wrong)

    try:
        tree.chmod(0o755)
        assert within([tree / name for name in names], look) == ""
    finally:
        os.umask(mask)


def test_a_loop_of_links_is_said(within, tree):
    assert "too many symbolic links" in within([tree / "loop"], lambda: "")


def test_the_root_directory_is_elsewhere_where_python_is_beneath_it(within, monkeypatch, tmp_path):
    (tmp_path / "python").mkdir()
    (tmp_path / "free").mkdir()
    monkeypatch.setattr(mounts, "_COVERED_FIRST", (str(tmp_path / "none"), str(tmp_path), str(tmp_path / "free")))
    assert mounts._unused_directory((str(tmp_path / "python"),)) == str(tmp_path / "free")
    monkeypatch.setattr(mounts, "_COVERED_FIRST", (str(tmp_path),))
    assert "unused directory" in within([tmp_path / "python"], lambda: "")


def test_the_machine_is_as_before():
    def state():
        covered = [sorted(path.iterdir()) for path in map(Path, mounts._COVERED_FIRST) if path.is_dir()]
        return Path("/proc/self/mountinfo").read_text(), covered

    before = state()
    with Sandbox() as sandbox:
        _ = sandbox.layers
        assert state() == before


def test_a_worker_sees_python_and_nothing_else(run):
    session = run("""
        import os, posix, numpy
        def exists(path):
            try:
                posix.stat(path)
            except FileNotFoundError:
                return False
            return True
        def f(paths): return [path for path in paths if exists(path)]
        def mine(): return exists(os.__file__) and exists(numpy.__file__) and exists('/dev/null')
    """)
    paths = ["/proc", "/proc/self", "/proc/1", f"/proc/{os.getpid()}", "/sys", "/etc/passwd", "/dev/shm", "/dev/tty", "/var",
             str(ROOT / "autograder"), sys.executable, str(Path.home() / ".bashrc")]  # fmt: skip
    assert ask(session, "f", (paths,)).value == []
    assert ask(session, "mine").value is True


LAZY = {
    "standard library": "import wave, colorsys, sqlite3, mailbox; assert os.path.exists(wave.__file__)",
    "scipy": "import scipy.signal, scipy.io, scipy.ndimage; assert scipy.signal.butter(2, 0.5)[0].size == 3",
    "pandas": "import pandas; assert pandas.date_range('2026-01-01', periods=2, tz='Europe/Paris')[1].day == 2; repr(pandas.DataFrame({'a': [1]}))",
    "scikit-learn": "import sklearn.cluster, sklearn.datasets; assert sklearn.datasets.load_iris().data.shape == (150, 4)",
    "matplotlib": "import matplotlib.pyplot as plt, io; plt.title('$x^2$', family='No Such Font'); plt.savefig(io.BytesIO()); import mpl_toolkits.mplot3d",
    "time zones": "import zoneinfo; assert zoneinfo.ZoneInfo('America/New_York').key",
    "source": "import inspect, json; assert 'def dumps' in inspect.getsource(json)",
    "resources": "import importlib.resources, importlib.metadata; assert importlib.metadata.version('numpy')",
    "locale": "import locale; locale.setlocale(locale.LC_ALL, ''); assert 'é'.encode().decode() == 'é'",
    "paths": "from pathlib import Path; assert Path('x').resolve() == Path('/home/student/x'); assert not Path('/proc/self').exists()",
    "processors": "import os, joblib; assert os.cpu_count() and joblib.cpu_count()",
    "random": "import random, secrets; assert len(os.urandom(4)) == 4 and open('/dev/urandom', 'rb').read(1)",
}


@pytest.mark.parametrize("name", LAZY)
def test_libraries_find_their_files(run, name):
    session = run(f"import os\ndef f():\n    {LAZY[name]}\n    return 7", Limits(call_seconds=20.0))
    assert ask(session, "f").value == 7


def test_an_interpreter_behind_symbolic_links(tmp_path):
    """As uv and others have it: the environment's python is a link into a directory that is a link itself."""
    base, env = tmp_path / "base", tmp_path / "env"
    base.symlink_to(sys.base_prefix)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (env / "bin").mkdir(parents=True)
    (env / "lib" / version).mkdir(parents=True)
    (env / "bin/python").symlink_to(base / "bin" / version)
    (env / "lib" / version / "site-packages").symlink_to(Path(np.__file__).parents[1])
    (env / "pyvenv.cfg").write_text(f"home = {base / 'bin'}\ninclude-system-site-packages = false\n")
    (tmp_path / "link").symlink_to(env)
    script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from autograder.model.calls import Call
        from autograder.model.limits import Limits
        from autograder.model.submission import Submission
        from autograder.sandbox.sandbox import Sandbox
        source = "import os, sys, wave, colorsys, scipy.signal\\ndef f(): return [sys.prefix, sys.base_prefix, *(os.path.exists(m.__file__) for m in (os, wave, scipy.signal))]"
        with Sandbox() as sandbox, sandbox.open(Submission("a", source), "answer", Limits()) as session:
            answer = session.call(Call("f", (), {}))
            print(next(l.detail for l in sandbox.layers if l.name == "mounts"), answer.fault or answer.value)
    """
    done = subprocess.run(
        [tmp_path / "link/bin/python", "-c", textwrap.dedent(script), ROOT], capture_output=True, text=True, check=False
    )
    assert done.stdout.endswith(
        f"{mounts.Mounts.guarantee} {[str(tmp_path / 'link'), str(base), True, True, True]}\n"
    ), done.stdout + done.stderr
