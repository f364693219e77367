"""What is on disk: the recorded cases of every assignment stand for the arrays they were recorded for."""

import ast
import json
import shutil
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from autograder.checks import models, question
from autograder.checks.cases import SEED, build_case, digest
from autograder.model.values import numbers_in

ROOT = Path(__file__).resolve().parents[3]
QUESTIONS = sorted(
    path for tests in ROOT.glob("solutions/*/tests") for path in tests.iterdir() if path.suffix in {".json", ".py"}
)
NAMES = sorted({f"{path.parent.parent.name}/{path.stem}" for path in QUESTIONS})


@cache
def load(name):
    """A question and what is recorded for it."""
    assignment, _, stem = name.partition("/")
    tests = ROOT / "solutions" / assignment / "tests"
    return question.load(tests / f"{stem}.py"), json.loads((tests / f"{stem}.json").read_text(encoding="utf-8"))


def test_there_are_assignments_to_test():
    assert len({name.partition("/")[0] for name in NAMES}) >= 5
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", sorted({name.partition("/")[0] for name in NAMES}))
def test_every_question_of_the_contract_has_its_file_and_a_file_its_question(name):
    rules, questions = question.load_all(ROOT / "solutions" / name / "tests")
    assert {q.name for q in questions} == {n.partition("/")[2] for n in NAMES if n.startswith(f"{name}/")}
    assert rules.points == 100


@pytest.mark.parametrize("name", NAMES)
def test_recorded_cases_rebuild_to_the_same_bits(name):
    found, table = load(name)
    assert [name for name in table if name != SEED] == [p.id for p in found.properties]
    assert rebuilt_otherwise(found) == []


def rebuilt_otherwise(found):
    """The properties whose recorded cases rebuild to other bits than were recorded."""
    changed = []
    for p in found.properties:
        recorded = p.recording
        for cases, expected in (
            (recorded.cases, recorded.digest),
            (recorded.unpublished, recorded.unpublished_digest),
        ):
            if cases and digest(build_case(p.recipes, c) for c in cases) != expected:
                changed.append(p.id)
    return changed


class LongProducts(ast.NodeTransformer):
    """Compute every matrix product of a source in long doubles.

    OpenBLAS has a product for each kind of processor, and they round differently: so does this one.
    """

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if not isinstance(node.op, ast.MatMult):
            return node
        product = ast.parse(
            "np.asarray(np.asarray(0, np.longdouble) @ np.asarray(0, np.longdouble), float)", mode="eval"
        )
        left, right = product.body.args[0].left, product.body.args[0].right
        left.args[0], right.args[0] = node.left, node.right
        return product.body


@cache
def with_long_products(source):
    return ast.unparse(LongProducts().visit(ast.parse(source)))


@pytest.fixture
def other_models(monkeypatch):
    """The recipes that questions share, with long products."""
    module = ModuleType(models.__name__)
    exec(with_long_products(Path(models.__file__).read_text(encoding="utf-8")), vars(module))
    monkeypatch.setitem(sys.modules, models.__name__, module)


@pytest.mark.parametrize("name", NAMES)
def test_recorded_cases_rebuild_to_the_same_bits_where_products_round_otherwise(name, tmp_path, other_models):
    path = load(name)[0].path
    folder = shutil.copytree(path.parents[1], tmp_path / "solution", ignore=shutil.ignore_patterns("class", "wheats"))
    copy = folder / "tests" / path.name
    copy.write_text(with_long_products(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert rebuilt_otherwise(question.load(copy)) == []


@pytest.mark.parametrize("name", NAMES)
def test_recorded_cases_are_smallest_first_and_hold_every_edge(name):
    for p in load(name)[0].properties:
        sizes = [numbers_in(values) for _, values in p.cases]
        assert sizes == sorted(sizes), p.id
        for argument, made in p.recipes.items():
            drawn = [draws[argument] for draws, _ in p.cases]
            assert all(dict(edge) in drawn for edge in made.edges), (p.id, argument)


@pytest.mark.parametrize("name", NAMES)
def test_points_add_up_and_at_least_half_are_public(name):
    question.check_points(load(name)[0])


@pytest.mark.parametrize("name", NAMES)
def test_every_property_says_what_it_states_and_gives_a_hint(name):
    for p in load(name)[0].properties:
        assert p.body.__doc__, p.id
        assert p.hint.endswith((".", "?")), p.id
