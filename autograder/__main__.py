"""``python3 -m autograder``: set up ``.venv`` when it is missing or stale, then hand over to the command line.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.safe_path and not __file__.startswith(sys.path[0]):
    # With -m Python looks into the current folder first, where a student's random.py may be.
    del sys.path[0]

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from autograder.model.threads import use_one_thread

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "autograder-stamp"
OLDEST = (3, 11)
PARALLEL = ["--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]
"""How the tests run, unless the arguments say otherwise (``-n 0``: in one process)."""


def main() -> None:
    """Run the command line, in the project's environment when called from a clone of the project."""
    if sys.version_info < OLDEST:
        sys.exit(f"autograder needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}")
    use_one_thread()
    arguments = sys.argv[1:]
    if _is_clone():
        testing = arguments[:1] == ["test"]
        _set_up(testing=testing)
        if testing:
            os.chdir(ROOT)
            _become(["-m", "pytest", *PARALLEL, *arguments[1:]])
        if not _in_venv():
            _become(["-m", "autograder", *arguments])
    from autograder.cli import main as command_line

    command_line()


def _become(arguments: list[str]) -> None:
    """Go on as the environment's Python, under the same process where the system can do that."""
    command = [str(_python()), *arguments]
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)  # noqa: S606  (no shell is wanted)


def _is_clone() -> bool:
    return (ROOT / "pyproject.toml").is_file() and (ROOT / "solutions").is_dir()


def _in_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _fingerprint(*, testing: bool) -> str:
    state = hashlib.sha256(b"test" if testing else b"run")
    for name in ("pyproject.toml", "constraints.txt"):
        state.update((ROOT / name).read_bytes())
    return state.hexdigest()


def _ready(*, testing: bool) -> bool:
    if not STAMP.is_file() or not _python().exists():
        return False
    found = STAMP.read_text(encoding="utf-8").split()
    # What testing needs includes what running needs.
    return _fingerprint(testing=True) in found or (not testing and _fingerprint(testing=False) in found)


def _set_up(*, testing: bool) -> None:
    if _ready(testing=testing):
        return
    print(f"setting up {VENV.name} (once) ...", file=sys.stderr, flush=True)
    target = f"{ROOT}[staff,test]" if testing else f"{ROOT}[staff]"
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    try:
        with tempfile.TemporaryDirectory(prefix="autograder-uv-") as folder:
            uv = shutil.which("uv") or _uv_from_pip(Path(folder))
            if not (uv and _with_uv(uv, target, constraints)):
                _with_pip(target, constraints)
    except subprocess.CalledProcessError as error:
        sys.exit(f"setting up {VENV} failed: {' '.join(map(str, error.cmd))} exited with {error.returncode}")
    STAMP.write_text(_fingerprint(testing=testing), encoding="utf-8")


def _with_uv(uv: str, target: str, constraints: list[str]) -> bool:
    # Without bytecode, importing Otter takes seconds at every start; the system's certificates matter
    # behind a company's proxy, and older versions of uv know them under the second name.
    env = os.environ | {"UV_COMPILE_BYTECODE": "1", "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    try:
        if not _python().exists():
            subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)], check=True, env=env)
        install = [uv, "pip", "install", "--quiet", "--python", str(_python()), *constraints, "--editable", target]
        subprocess.run(install, check=True, env=env)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"uv did not succeed ({error}); trying venv and pip", file=sys.stderr, flush=True)
        return False
    return True


def _uv_from_pip(folder: Path) -> str | None:
    """The path of a uv that pip puts into ``folder``: it installs what is needed in half of pip's time.

    None where there is none for this platform, or where pip uses another index, of which uv does not know.
    """
    pip = _pip()
    settings = subprocess.run([*pip, "config", "list"], check=False, capture_output=True, text=True)
    if settings.returncode or re.search(r"[.:](index-url|no-index)=", settings.stdout):
        return None
    install = [*pip, "install", "--quiet", "--no-compile", "--only-binary=:all:", "--target", str(folder), "uv"]
    subprocess.run(install, check=False, capture_output=True)
    return shutil.which("uv", path=str(folder / "bin"))


def _with_pip(target: str, constraints: list[str]) -> None:
    subprocess.run([*_pip(), "install", "--quiet", "--no-compile", *constraints, "--editable", target], check=True)
    # On all cores, where pip would use one. Some packages hold files that are no Python of this version.
    packages = str(VENV / ("Lib" if os.name == "nt" else "lib"))
    subprocess.run([str(_python()), "-m", "compileall", "-qq", "-j", "0", packages], check=False)


def _pip() -> list[str]:
    """The command of the environment's pip; both are made where they are missing."""
    if not _python().exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--version"], check=False, capture_output=True).returncode:
        subprocess.run([str(_python()), "-m", "ensurepip", "--default-pip"], check=True, stdout=subprocess.DEVNULL)
    return pip


if __name__ == "__main__":
    main()
