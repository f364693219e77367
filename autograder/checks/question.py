"""Load a question file, and judge a namespace by all of its properties."""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.checks import contract
from autograder.checks.cases import Draws, Recording, UnrecordableError, build_case, digest, draw_cases, save_cases
from autograder.checks.composition import complete
from autograder.checks.judging import Judgement, judge
from autograder.checks.modules import place, unloadable
from autograder.checks.property import prop, properties_in
from autograder.checks.recipes import Recipe
from autograder.model.contract import Contract, Signature
from autograder.model.errors import AuthoringError
from autograder.model.values import numbers_in

UNPUBLISHED_SHARE = 3
"""One unpublished case for so many published ones ..."""
FEWEST_UNPUBLISHED = 4
"""... and not fewer than these, if there are so many."""
FEWEST_NEW = 2
"""Where fewer can be drawn, every second of the recorded cases stays unpublished."""


@dataclass(frozen=True, slots=True)
class Question:
    """One function of an assignment with the properties that judge it."""

    signature: Signature
    path: Path
    properties: tuple[prop, ...]

    @property
    def name(self) -> str:
        """The function's name."""
        return self.signature.name

    def judge(self, namespace: Mapping[str, Any]) -> list[Judgement]:
        """Judge every property, in the file's order."""
        return [judge(p, namespace) for p in self.properties]

    def record(self, seed: int = 0, reference: Any = None) -> None:
        """Draw the cases of every property anew and write them beside the file.

        Args:
            seed: other seeds give other cases.
            reference: the reference module, to find the properties that a trivial answer passes; None for no search.

        """
        path = self.path.with_suffix(".json")
        drawn = {p.id: self._draw(p, seed) for p in self.properties}
        save_cases(path, drawn, seed)
        self._forget_cases()
        if reference is None:
            return
        from autograder.checks.trivial import is_free

        save_cases(path, {p.id: replace(drawn[p.id], free=is_free(p, reference)) for p in self.properties}, seed)
        self._forget_cases()

    def _draw(self, p: prop, seed: int) -> Recording:
        name = f"{self.name}.{p.id}" + (f" {seed}" if seed else "")
        cases = draw_cases(name, p.recipes, p.count)
        found = Recording(cases, self._digest(p, cases))
        if self._digest(p, cases) != found.digest:
            changing = [a for a, r in p.recipes.items() if self._changes(r, [c[a] for c in cases])]
            raise self._misdrawn(
                p,
                changing,
                "gives other values each time; draw from np.random.RandomState(seed), where seed is drawn: seed=SEEDS",
            )
        if p.hidden:
            return found
        known = [json.dumps(c, sort_keys=True) for c in cases]
        more = draw_cases(f"{name} unpublished", p.recipes, p.count)
        new = [c for c in more if json.dumps(c, sort_keys=True) not in known]
        step = max(1, len(new) // max(FEWEST_UNPUBLISHED, p.count // UNPUBLISHED_SHARE))
        unpublished = new[step - 1 :: step]  # of all sizes: they are sorted
        if len(unpublished) < FEWEST_NEW and not self.signature.is_property:
            # Hand-picked cases, all of them: who has them all can look every answer up.
            unpublished = sorted([*unpublished, *cases[1::2]], key=lambda c: numbers_in(build_case(p.recipes, c)))
            found = Recording(cases[::2], self._digest(p, cases[::2]))
        return replace(found, unpublished=unpublished, unpublished_digest=self._digest(p, unpublished))

    def _digest(self, p: prop, cases: Sequence[Draws]) -> str:
        try:
            return digest(build_case(p.recipes, c) for c in cases)
        except UnrecordableError as error:
            raise self._misdrawn(p, [a for a in p.recipes if self._is_unrecordable(p, a, cases)], str(error)) from None

    @staticmethod
    def _is_unrecordable(p: prop, argument: str, cases: Sequence[Draws]) -> bool:
        recipes = {argument: p.recipes[argument]}
        try:
            digest(build_case(recipes, {argument: c[argument]}) for c in cases)
        except UnrecordableError:
            return True
        return False

    @staticmethod
    def _misdrawn(p: prop, arguments: Sequence[str], what: str) -> AuthoringError:
        code = p.recipes[arguments[0]].build.__code__ if arguments else p.body.__code__
        return AuthoringError(
            f"{code.co_filename}, line {code.co_firstlineno}: the recipe of {', '.join(arguments)} in {p.id} {what}"
        )

    @staticmethod
    def _changes(recipe: Recipe, draws: Sequence[Mapping[str, Any]]) -> bool:
        return digest({"": recipe.build(**d)} for d in draws) != digest({"": recipe.build(**d)} for d in draws)

    def _forget_cases(self) -> None:
        for p in self.properties:
            for name in ("recording", "cases"):
                vars(p).pop(name, None)


def load(path: Path) -> Question:
    """Load ``tests/<question>.py``.

    Raises:
        AuthoringError: it does not compile or run, holds no property, or does not fit its contract.

    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path.absolute()))
        namespace: dict[str, Any] = {"__name__": f"question_{path.stem}"}
        exec(compile(tree, str(path.absolute()), "exec"), namespace)  # noqa: S102  (course staff's own file)
    except FileNotFoundError:
        raise AuthoringError(f"{path}: not found") from None
    except AuthoringError as error:
        raise AuthoringError(f"{place(path, error)}: {error}") from error
    except (Exception, SystemExit) as error:
        raise unloadable(path, error) from error
    found = tuple(properties_in(namespace))
    rules = contract.load(path.parent / contract.FILE)
    signature = rules.signature(path.stem)
    if signature is None:
        known = ", ".join(q.name for q in rules.questions)
        raise AuthoringError(f"{path}: expected one of the contract's questions, {known}; found {path.stem}")
    if namespace.get("name") != path.stem or namespace.get("OK_FORMAT") is not False:
        raise AuthoringError(f'{path}: expected `OK_FORMAT = False` and `name = "{path.stem}"` at the top')
    if taken := sorted({"points", "all_or_nothing"} & namespace.keys()):
        line = next((n.lineno for n in tree.body if taken[0] in _names_bound_by(n)), 1)
        raise AuthoringError(f"{path}, line {line}: Otter gives {taken[0]} a meaning of its own; expected another name")
    if not found:
        raise AuthoringError(f"{path}: expected at least one @prop; found none")
    if asserted := [n.lineno for node in tree.body for n in ast.walk(node) if isinstance(n, ast.Assert)]:
        raise AuthoringError(
            f"{path}, line {asserted[0]}: found assert, which tells students nothing; state what must hold with expect"
        )
    defined = [name for node in tree.body for name in _names_bound_by(node)]
    for p in found:
        if defined.count(p.id) > 1:
            raise AuthoringError(f"{path}, line {p.line}: expected each name once; found {p.id} twice")
        if namespace.get(p.id) is not p:
            raise AuthoringError(f"{path}: expected the property {p.id} to be assigned to a variable of that name")
        if unknown := [name for name in p.functions if rules.signature(name) is None]:
            raise AuthoringError(
                f"{path}, line {p.line}: {p.id} uses {', '.join(unknown)}, which is not in the contract"
            )
    return Question(signature, path, found)


def _names_bound_by(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    return [t.id for t in node.targets if isinstance(t, ast.Name)] if isinstance(node, ast.Assign) else []


def load_all(tests: Path) -> tuple[Contract, tuple[Question, ...]]:
    """Load a tests folder: its contract and every question, in the contract's order.

    Raises:
        AuthoringError: a file is missing or wrong.

    """
    tests = complete(tests.parent) / tests.name
    rules = contract.load(tests / contract.FILE)
    return rules, tuple(load(tests / f"{q.name}.py") for q in rules.questions)


def check_points(question: Question) -> None:
    """Check that the points of a question's properties, public and hidden, add up to those of the contract.

    Raises:
        AuthoringError: the points do not add up, or less than half of them is public.

    """
    total = math.fsum(p.points for p in question.properties)
    public = math.fsum(p.points for p in question.properties if not p.hidden)
    if total != question.signature.points:
        raise AuthoringError(
            f"{question.path}: the contract says {question.signature.points:g} points; found {total:g}"
        )
    if public * 2 < total:
        raise AuthoringError(
            f"{question.path}: expected at least half of {total:g} points to be public; found {public:g}"
        )
