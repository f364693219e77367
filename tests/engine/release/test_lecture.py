"""The page that maps the lecture to the assignments: complete, and every link leads somewhere."""

import re

from autograder.checks import contract
from autograder.release.wheel import ROOT

ASSIGNMENTS = ROOT / "assignments"
PAGE = (ASSIGNMENTS / "README.md").read_text(encoding="utf-8")
LINKS = re.findall(r"\[([^]]+)\]\(([^)#]+)(?:#([^)]+))?\)", PAGE)
CONTRACTS = [contract.load(path) for path in sorted((ROOT / "solutions").glob("*/tests/contract.toml"))]


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)


def slug(heading: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_link_leads_somewhere():
    assert len(LINKS) > 50
    for title, file, anchor in LINKS:
        path = ASSIGNMENTS / file
        assert path.is_file(), file
        if anchor:
            assert anchor in map(slug, headings(path.read_text(encoding="utf-8"))), (file, anchor)
        elif path.suffix == ".ipynb":
            script = (ROOT / "solutions" / path.stem / f"{path.stem}_notebook.py").read_text(encoding="utf-8")
            assert title in headings(re.sub(r"^# ", "", script, flags=re.MULTILINE)), (file, title)


def test_every_question_of_every_assignment_is_part_of_the_lecture():
    shown = {(file.split("/")[0], title.strip("`")) for title, file, _ in LINKS}
    asked = {(c.name, q.name) for c in CONTRACTS for q in c.questions}
    assert len(CONTRACTS) >= 5
    assert asked <= shown


def test_the_ideas_stand_in_order_and_each_is_written_and_seen():
    ideas = re.split(r"^(\d+)\. ", PAGE, flags=re.MULTILINE)[1:]
    assert [int(n) for n in ideas[::2]] == list(range(1, 13))
    for text in ideas[1::2]:
        write, see = text.partition("*see:*")[::2]
        assert "*write:* [`" in write
        assert ".ipynb)" in see
