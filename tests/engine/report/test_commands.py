"""The pages at the end of a grading: written by ``grade`` unless an option says otherwise."""

import html
import re
import shutil
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from autograder.cli.grade import command as grade
from autograder.cli.report import command as report
from autograder.model.errors import UsageError
from autograder.report import pdf
from autograder.report.listing import listing

pytestmark = pytest.mark.usefixtures("quick_sandboxes")


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


def test_pages_are_written_again_only_where_something_changed(toy, tmp_path):
    handed_in = tmp_path / "class"
    shutil.copytree(toy / "class", handed_in)
    out = tmp_path / "out"
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nada,Ada\n")

    def written(*options: object) -> bool:
        """Whether another run writes the class page."""
        before = (out / "report.html").stat().st_mtime_ns
        run(grade, toy, handed_in, "--out", out, "--jobs", "1", *options)
        return (out / "report.html").stat().st_mtime_ns > before

    run(grade, toy, handed_in, "--out", out, "--jobs", "1")
    assert not written()
    (out / "feedback" / "ada.html").unlink()
    assert written()
    assert (out / "feedback" / "ada.html").exists()
    result = out / "results" / "ada.json"  # as when the run that wrote it was killed before its pages
    result.write_text(result.read_text())
    assert written()
    assert written("--roster", roster)
    assert not written()
    assert written("--regrade")
    (handed_in / "ada.py").write_text("def double(z):\n    return z + z\n")
    assert written()
    (handed_in / "ada.py").unlink()
    assert written()
    assert not written()


def test_a_table_that_a_spreadsheet_saved_takes_nobody_from_the_pages(toy, tmp_path):
    out = tmp_path / "out"
    run(grade, toy, toy / "class", "--out", out, "--jobs", "1", "--no-report")
    grades = (out / "grades.csv").read_text(encoding="utf-8-sig").replace(",", ";")
    (out / "grades.csv").write_text(grades.replace("bob", "Zoë"), encoding="cp1252")
    run(report, out)
    assert sorted(p.stem for p in (out / "feedback").iterdir()) == ["ada", "bob", "cyd"]


def test_pages_are_printed_where_chromium_is_and_removed_when_stale(toy, tmp_path, monkeypatch):
    out = tmp_path / "out"
    (toy / "class" / "cyd.py").unlink()
    run(grade, toy, toy / "class", "--out", out, "--jobs", "1")
    (out / "feedback" / "ada.pdf").write_bytes(b"of an earlier page")
    if any(map(shutil.which, pdf.BROWSERS)):
        assert "2 PDF files" in run(report, out, "--pdf")
        assert all((out / "feedback" / f"{name}.pdf").read_bytes().startswith(b"%PDF") for name in ("ada", "bob"))
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(report, [str(out), "--pdf"])
    assert isinstance(done.exception, UsageError)
    assert "PDF files need Chromium or Chrome" in str(done.exception)
    assert not (out / "feedback" / "ada.pdf").exists()


def test_every_link_of_the_pages_leads_somewhere(toy, tmp_path):
    (toy / "class" / "a #1%?.py").write_text("def double(z: return 1\n")
    (toy / "class" / "dee.pdf").write_text("x")
    out = tmp_path / "out"
    run(grade, toy, toy / "class", "--out", out, "--jobs", "1")
    pages = [out / "report.html", *(out / "feedback").iterdir(), *(out / "code").iterdir()]
    links = 0
    for page in pages:
        text = page.read_text()
        for target in re.findall(r'href="([^"]*)"', text):
            path, _, anchor = html.unescape(target).partition("#")
            if path.startswith("data:"):
                continue
            assert not path or (page.parent / unquote(path)).is_file(), target
            assert not anchor or f'id="{anchor}"' in text, target
            links += 1
    assert links > 20


def test_the_code_is_shown_to_the_instructor_with_wrong_functions_marked(toy, tmp_path):
    answer = (toy / "class" / "bob.py").read_text() + "# </pre><script>alert(1)</script>\n"
    (toy / "class" / "bob.py").write_text(answer)
    out = tmp_path / "out"
    run(grade, toy, toy / "class", "--out", out, "--jobs", "1")
    page = (out / "code" / "bob.html").read_text()
    (marked,) = re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)
    assert "def double(z):" in marked
    assert "def weigh" not in marked
    assert "&lt;/pre&gt;&lt;script&gt;alert(1)" in page
    # What a hidden check called is shown here, and not to the student.
    hidden = "double(z) is right everywhere."
    assert page.split(hidden)[1].count('class="code"') >= 2
    assert (out / "feedback" / "bob.html").read_text().split(hidden)[1].partition("</article>")[0].count("code") == 0
    (toy / "class" / "bob.py").unlink()
    run(grade, toy, toy / "class", "--out", out, "--jobs", "1")
    assert not (out / "code" / "bob.html").exists()
    assert not (out / "sources" / "bob.py").exists()


def test_long_code_is_cut():
    found = listing("def f():\n    return 1\n" + "x = 1\n" * 5000 + "y" * 10_000, ["f"])
    assert [part.question for part in found[:2]] == ["f", ""]
    assert found[-1].text == "... 3503 more lines\n"
    assert max(len(line) for part in listing("y" * 10_000, []) for line in part.text.splitlines()) < 500
    assert [p.question for p in listing("def f(:\n  pass\ndef g():\n    pass\n", ["f", "g"])] == ["", "g"]
