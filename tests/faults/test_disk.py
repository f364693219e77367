"""A disk that is full, an output folder that cannot be written to, a submission that vanishes: clear errors, nothing lost."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace

import pytest

from autograder import intake
from autograder.batch import JOURNAL, Output
from autograder.model.errors import UsageError

FILL = """
    import json, resource, sys
    from dataclasses import replace
    from pathlib import Path
    from autograder.batch import Output
    from autograder.model.errors import UsageError
    from autograder.report import results_json

    result = results_json.from_results(json.loads(Path(sys.argv[2]).read_text()))
    try:
        output = Output(Path(sys.argv[1]), "toy", ("double", "weigh"))
        # No file may grow beyond this: the system refuses as it does where the disk is full.
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
        for i in range(1000):
            output.keep(replace(result, id=f"s{i:03}"), "k")
    except UsageError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are Unix'")
@pytest.mark.parametrize("most", [1000, 9_000])
def test_a_full_disk_costs_what_did_not_fit(python, tmp_path, result, most):
    from autograder.report import results_json

    (tmp_path / "result.json").write_text(json.dumps(results_json.to_results(result)))
    said = python(FILL, str(tmp_path / "out"), str(tmp_path / "result.json"), str(most))
    assert "cannot be written: " in said
    assert "what is there is kept" in said
    output = Output(tmp_path / "out", "toy", ("double", "weigh"))
    # The journal's last line was torn where the space ended.
    kept = len(output.keys)
    assert kept == (tmp_path / "out" / JOURNAL).read_text().count("}\n") - 1 > (0 if most > 1000 else -1)
    assert not list((tmp_path / "out").rglob("*.part"))
    output.keep(replace(result, id="later"), "k")
    assert len(Output(tmp_path / "out", "toy", ("double", "weigh")).keys) == kept + 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs a place where even root cannot write")
def test_an_output_folder_that_cannot_be_written_to_is_named():
    from pathlib import Path

    with pytest.raises(UsageError, match="/proc/self/out: cannot be used as output folder: "):
        Output(Path("/proc/self/out"), "toy", ())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_named(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(UsageError, match="cannot be used as output folder: Permission denied"):
            Output(tmp_path / "out", "toy", ())
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize("kind", ["file", "export"])
def test_a_submission_that_vanishes_is_not_graded_and_no_zero(tmp_path, kind):
    name = "ada.py" if kind == "file" else "ada_1_2_toy.py"
    path = tmp_path / "class" / name
    path.parent.mkdir()
    path.write_text("x = 1")
    (found,) = intake.find([path.parent], "toy")
    path.unlink()
    assert intake.read_entry(found, "toy").status.words == "not graded: cannot be read (No such file or directory)"
