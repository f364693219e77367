"""Mutants: which slips are made, and that their names last."""

import ast
import textwrap

import pytest

from autograder.audit.mutants import mutants


def changed(body, questions=("f",)):
    """The changed lines of every mutant of a module."""
    found = mutants(textwrap.dedent(body), questions)
    return {"\n".join(line[2:] for line in m.diff.splitlines() if line.startswith("+")) for m in found}


def answers(expression):
    """The mutants of a function that returns an expression, as expressions."""
    return {line.removeprefix("return ") for line in changed(f"def f(x, y, A, B):\n    return {expression}\n")}


@pytest.mark.parametrize(
    ("expression", "slips"),
    [
        ("x + y", {"x - y", "x * y", "x", "y"}),
        ("x - y", {"x + y", "x * y", "x", "y", "(y - x)"}),
        ("x * (y)", {"x + (y)", "x / (y)", "x", "(y)"}),
        ("(x - y)", {"(x + y)", "(x * y)", "(x)", "(y)", "(y - x)"}),
        ("x ** 2", {"x * 2", "x ** 3", "x ** 1", "x", "2", "(2 ** x)"}),
        ("-x", {"x"}),
        ("A @ B", {"A * B", "A", "B", "(B @ A)", "A.T @ B"}),
        ("A.T", {"A"}),
        ("x < y", {"x <= y", "x > y", "x >= y"}),
        ("x and y", {"x or y"}),
        ("x if y else A", {"x if not (y) else A", "x if True else A", "x if False else A"}),
        ("x[:-1]", {"x[:1]", "x[:-2]", "x[:-0]", "x[:]"}),
        ("x[:, None]", {"x", "x[None, :]"}),
        ("x.sum(axis=0)", {"x.mean(axis=0)", "x.sum()", "x.sum(axis=1)", "x.sum(axis=(-1))"}),
        ("x.var()", {"x.std()", "x.var(ddof=1)"}),
        ("x.max(keepdims=True)", {"x.min(keepdims=True)", "x.max()", "x.max(keepdims=False)"}),
        ("np.log(x)", {"np.log1p(x)", "np.log2(x)", "(x)"}),
        ("g(x, y)", {"g(y, x)"}),
        ("np.logaddexp(x, y)", {"np.logaddexp2(x, y)", "np.maximum(x, y)"}),
        ("range(x)", {"range(x + 1)", "range(x - 1)"}),
        ("len(x)", {"(len(x) - 1)"}),
        ("h(x, side='right')", {"h(x)", "h(x, side='left')"}),
        ("[y for y in x]", {"[y for y in []]"}),
        ("(x, y)", {"(y, x)"}),
    ],
)
def test_slips_of_an_expression(expression, slips):
    assert answers(expression) == slips


def test_slips_of_statements():
    found = changed(
        """
        def f(x):
            x = x + 1
            for i in x:
                x += i
                if i:
                    break
            while x:
                raise ValueError("never 2")
        """
    )
    assert {"pass", "x -= i", "x *= i", "x = i", "for i in []:", "continue", 'raise RuntimeError("never 2")'} <= found
    assert {"while not (x):", "while False:", "if True:", "if not (i):"} <= found


def test_every_mutant_is_python_and_differs_from_the_others():
    found = mutants("def f(x):\n    return [g(x, key=1), 'é' + x[1:] - 2 * (x.T @ -x)]\n", ("f",))
    assert len({ast.dump(ast.parse(m.source)) for m in found}) == len({m.id for m in found}) == len(found) > 10


def test_nothing_is_mutated_that_is_not_calculated():
    assert not mutants(
        '''def f(x: g[1]):\n    """Twice 2."""\n    with np.errstate(all="ignore", over=1 + 1):\n        return x\n''',
        ("f",),
    )


def test_a_mutant_is_the_matter_of_the_questions_that_use_it():
    source = "C = 1\ndef helper(x):\n    return x + C\ndef f(x):\n    return helper(x)\ndef g(x):\n    return f(x) + 2\ndef unused():\n    return 1\n"
    found = {m.unit: m.questions for m in mutants(source, ("f", "g"))}
    assert found == {"C": ("f", "g"), "helper": ("f", "g"), "g": ("g",)}


def test_names_last_while_their_lines_do():
    one = "def f(x):\n    return x + 1\n"
    two = f"import numpy as np\n\n\ndef other(x):\n    return 2 * x\n\n\n{one}"
    of = {m.diff: m.id for m in mutants(two, ("f", "other")) if m.unit == "f"}
    assert of == {m.diff: m.id for m in mutants(one, ("f",))}
    assert not {m.id for m in mutants(one.replace("+", "-"), ("f",))} & set(of.values())


def test_equal_slips_in_equal_lines_have_names_of_their_own():
    found = mutants("def f(x):\n    if x:\n        return x + 1\n    return x + 1\n", ("f",))
    assert len({m.id for m in found}) == len(found)
