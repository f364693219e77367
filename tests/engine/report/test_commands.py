"""The pages at the end of a grading: written by ``grade`` unless it is told not to."""

from click.testing import CliRunner

from autograder.cli.grade import command as grade
from autograder.cli.report import command as report


def run(command, *arguments):
    done = CliRunner().invoke(command, [str(a) for a in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_grade_writes_the_pages_at_its_end_or_leaves_them_to_report(toy, tmp_path):
    out = tmp_path / "out"
    run(grade, toy, toy / "class", "--out", out, "--jobs", "1", "--no-report")
    assert not (out / "report.html").exists()
    assert not (out / "feedback").exists()
    assert str(out / "report.html") in run(grade, toy, toy / "class", "--out", out, "--jobs", "1")
    pages = {p.name: p.read_text() for p in (out / "feedback").iterdir()}
    assert sorted(pages) == ["ada.html", "bob.html", "cyd.html"]
    assert "You square z." in pages["bob.html"]
    assert "You square z." in (out / "report.html").read_text()
    (out / "report.html").unlink()
    run(report, out)
    assert (out / "report.html").is_file()
