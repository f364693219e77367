"""``python3 -m autograder``: it starts on a bare Python, and sets up once."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import __main__ as start

SOURCE = Path(start.__file__)


def test_nothing_but_the_standard_library_is_imported_before_the_set_up(python):
    """On a Python without site-packages: the engine's code is found, nothing that was installed is."""
    code = f"""
        import sys
        before = set(sys.modules)
        sys.path.insert(0, {str(SOURCE.parents[1])!r})
        import autograder.__main__ as start
        loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
        print(sorted(loaded - set(sys.stdlib_module_names)), callable(start.main))
    """
    assert python(code, options=("-I", "-S")).strip() == "['autograder'] True"


def test_it_is_written_for_the_oldest_python_that_gets_a_clear_answer():
    """It has to be read by a Python that is too old, to tell it so."""
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))
    assert (
        f'requires-python = ">={start.OLDEST[0]}.{start.OLDEST[1]}"'
        in (SOURCE.parents[1] / "pyproject.toml").read_text()
    )


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone of the project without an environment; the commands that set one up are listed, not run."""
    (tmp_path / "solutions").mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "STAMP", tmp_path / ".venv" / "autograder-stamp")
    return tmp_path


@pytest.fixture
def commands(clone, monkeypatch):
    """The commands that a set-up runs where uv is installed, whether it is here or not."""
    run = []
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/bin/{name}")

    def pretend(command, **options):
        run.append([str(part) for part in command])
        if "venv" in command:
            start._python().parent.mkdir(parents=True, exist_ok=True)
            start._python().touch()
        return subprocess.CompletedProcess(command, 0, stdout="")

    monkeypatch.setattr(start.subprocess, "run", pretend)
    return run


def test_it_is_set_up_once_and_again_when_what_it_needs_has_changed(clone, commands, capsys):
    start._set_up(testing=False)
    assert len(commands) == 2
    assert "setting up .venv" in capsys.readouterr().err
    start._set_up(testing=False)
    assert len(commands) == 2
    (clone / "constraints.txt").write_text("numpy==2.4.6")
    start._set_up(testing=False)
    assert len(commands) == 3


def test_what_testing_needs_includes_what_running_needs_but_not_the_other_way(commands):
    start._set_up(testing=False)
    start._set_up(testing=True)
    assert len(commands) == 3
    assert commands[-1][-1].endswith("[staff,test]")
    start._set_up(testing=False)
    assert len(commands) == 3


@pytest.mark.parametrize("uv", [True, False])
def test_it_is_set_up_with_uv_or_without_within_the_constraints(clone, commands, monkeypatch, uv):
    monkeypatch.setattr(start.shutil, "which", lambda _, path=None: "/bin/uv" if uv else None)
    start._set_up(testing=False)
    assert all((command[0] == "/bin/uv") is uv for command in commands)
    (install,) = (command for command in commands if "--editable" in command)
    assert ["--constraint", str(clone / "constraints.txt")] == install[install.index("--constraint") :][:2]
    assert install[-2:] == ["--editable", f"{clone}[staff]"]


def test_where_there_is_no_uv_pip_fetches_one_for_the_set_up(clone, commands, monkeypatch):
    fetched = []
    monkeypatch.setattr(start.shutil, "which", lambda _, path=None: (path and fetched.append(path)) or path)
    start._set_up(testing=False)
    (folder,) = fetched
    (fetch,) = (command for command in commands if command[-1] == "uv")
    assert fetch[fetch.index("--target") + 1] == str(Path(folder).parent)
    assert commands[-1][:3] == [folder, "pip", "install"]
    assert not Path(folder).parent.exists()


@pytest.mark.parametrize(
    ("setting", "fetches"),
    [
        ("global.index-url='https://pypi.example.org/simple'", False),
        (":env:.index-url='https://pypi.example.org/simple'", False),
        ("global.no-index='true'", False),
        ("global.extra-index-url='https://pypi.example.org/simple'", True),
        ("global.timeout='60'", True),
    ],
)
def test_where_pip_has_an_index_of_its_own_uv_is_not_fetched(clone, commands, monkeypatch, setting, fetches):
    pretend = start.subprocess.run

    def run(command, **options):
        done = pretend(command, **options)
        return subprocess.CompletedProcess(command, 0, setting) if command[-2:] == ["config", "list"] else done

    monkeypatch.setattr(start.shutil, "which", lambda _, path=None: None)
    monkeypatch.setattr(start.subprocess, "run", run)
    start._set_up(testing=False)
    assert any(command[-1] == "uv" for command in commands) is fetches


def test_what_pip_installs_is_compiled_on_all_cores(clone, commands, monkeypatch):
    monkeypatch.setattr(start.shutil, "which", lambda _, path=None: None)
    start._set_up(testing=False)
    assert "--no-compile" in commands[-2]
    assert commands[-1][1:] == ["-m", "compileall", "-qq", "-j", "0", str(clone / ".venv/lib")]


def test_where_uv_fails_pip_takes_over(commands, monkeypatch, capsys):
    pretend = start.subprocess.run

    def fails(command, **options):
        if command[0] == "/bin/uv":
            raise subprocess.CalledProcessError(2, command)
        return pretend(command, **options)

    monkeypatch.setattr(start.shutil, "which", lambda _: "/bin/uv")
    monkeypatch.setattr(start.subprocess, "run", fails)
    start._set_up(testing=False)
    assert "trying venv and pip" in capsys.readouterr().err
    assert any("pip" in command for command in commands)
    assert start.STAMP.exists()


def test_a_set_up_that_failed_says_which_command_did_and_is_not_taken_for_one(commands, monkeypatch):
    def fails(command, **options):
        raise subprocess.CalledProcessError(7, command)

    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    monkeypatch.setattr(start.subprocess, "run", fails)
    with pytest.raises(SystemExit, match=r"setting up .* failed: .*venv.* exited with 7"):
        start._set_up(testing=False)
    assert not start.STAMP.exists()


def test_an_environment_whose_python_is_gone_is_set_up_again(commands):
    start._set_up(testing=False)
    start._python().unlink()
    start._set_up(testing=False)
    assert len(commands) == 4


def test_a_python_that_is_too_old_gets_a_clear_message(commands, monkeypatch):
    monkeypatch.setattr(start.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"autograder needs Python 3\.11 or newer; this is "):
        start.main()
    assert commands == []


@pytest.mark.parametrize(
    ("arguments", "becomes"),
    [
        (["grade", "x"], ["-m", "autograder", "grade", "x"]),
        (["test", "-x"], ["-m", "pytest", *start.PARALLEL, "-x"]),
    ],
    ids=["grade", "test"],
)
def test_from_a_clone_it_goes_on_in_the_environment(clone, commands, monkeypatch, arguments, becomes):
    class Became(Exception):  # noqa: N818
        pass

    def execv(program, command):
        raise Became(command)

    monkeypatch.setattr(start.os, "execv", execv)
    monkeypatch.setattr(start.sys, "argv", ["autograder", *arguments])
    monkeypatch.chdir(clone)
    with pytest.raises(Became) as caught:
        start.main()
    assert caught.value.args[0] == [str(start._python()), *becomes]


def test_where_there_is_no_clone_nothing_is_set_up(clone, commands, monkeypatch):
    (clone / "pyproject.toml").unlink()
    monkeypatch.setattr(start.sys, "argv", ["autograder", "--version"])
    with pytest.raises(SystemExit) as stop:
        start.main()
    assert stop.value.code == 0
    assert commands == []


def test_it_can_be_called_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "--version"],
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "autograder, version " in done.stdout
