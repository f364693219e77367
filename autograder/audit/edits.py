"""Mutation operators: small slips in Python code, each a replacement of one span of its text.

The operators are those of cosmic-ray (numbers, operators, comparisons, conditions, loops, exceptions)
and the slips that NumPy invites: axis, ddof, keepdims, sum for mean, transposed or dropped operand, wrong broadcast,
swapped arguments. They work on spans of text, so that a mutant is shown as the diff that an author would read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace bytes ``start`` to ``end`` of a source by ``text``; ``slip`` describes the change."""

    start: int
    end: int
    text: str
    slip: str


BINARY: dict[type[ast.operator], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-", "*")),
    ast.Sub: ("-", ("+", "*")),
    ast.Mult: ("*", ("/", "+")),
    ast.Div: ("/", ("*", "//")),
    ast.FloorDiv: ("//", ("/", "*")),
    ast.Mod: ("%", ("//",)),
    ast.Pow: ("**", ("*",)),
    ast.MatMult: ("@", ("*",)),
}
COMPARE: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">", ">=")),
    ast.LtE: ("<=", ("<", ">=", ">")),
    ast.Gt: (">", (">=", "<", "<=")),
    ast.GtE: (">=", (">", "<=", "<")),
    ast.Eq: ("==", ("!=", "<=", ">=")),
    ast.NotEq: ("!=", ("==", "<", ">")),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
RELATED = {
    "sum": ("mean",),
    "mean": ("sum",),
    "max": ("min",),
    "min": ("max",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "var": ("std",),
    "std": ("var",),
    "log": ("log1p", "log2"),
    "log1p": ("log",),
    "exp": ("expm1", "exp2"),
    "expm1": ("exp",),
    "sqrt": ("square",),
    "square": ("abs",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "cumsum": ("cumprod",),
    "cumprod": ("cumsum",),
    "any": ("all",),
    "all": ("any",),
    "logaddexp": ("logaddexp2", "maximum"),
    "isneginf": ("isinf", "isposinf"),
    "isfinite": ("isnan",),
    "normal": ("uniform",),
    "uniform": ("normal",),
    "vstack": ("hstack",),
    "hstack": ("vstack",),
    "multiply": ("divide",),
    "divide": ("multiply",),
}
REMOVABLE = frozenset({"exp", "log", "sqrt", "abs", "square", "log1p", "expm1", "cumsum", "maximum", "minimum", "inv"})
SYMMETRIC = frozenset({"logaddexp", "maximum", "minimum", "add", "multiply", "allclose", "isclose", "max", "min"})


class Source:
    """Source text with byte offsets of its nodes.

    Args:
        source: of a module that parses.

    """

    def __init__(self, source: str) -> None:
        self.bytes = source.encode()
        self._lines = [0]
        for line in self.bytes.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """First byte of a node, and the byte after its last."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._lines[node.lineno - 1] + node.col_offset, self._lines[node.end_lineno - 1] + node.end_col_offset

    def of(self, start: int, end: int) -> str:
        """Text of a span."""
        return self.bytes[start:end].decode()

    def operator(self, left: ast.expr, right: ast.expr, symbol: str) -> tuple[int, int]:
        """Span of the operator between two operands; brackets and comments may surround it."""
        begin, end = self.span(left)[1], self.span(right)[0]
        match = re.search(re.escape(symbol).replace(r"\ ", r"\s+"), self.of(begin, end))
        assert match is not None
        return begin + match.start(), begin + match.end()


def edits(node: ast.AST, text: Source) -> Iterator[Edit]:
    """Edits of one node, without its children."""
    for kind, slips in _SLIPS:
        if isinstance(node, kind):
            yield from slips(node, text)


def _number(node: ast.Constant, text: Source) -> Iterator[Edit]:
    start, end = text.span(node)
    if isinstance(node.value, bool):
        yield Edit(start, end, str(not node.value), "flipped")
    elif isinstance(node.value, (int, float)):
        for changed in (node.value + 1, node.value - 1):
            yield Edit(start, end, repr(changed) if changed >= 0 else f"({changed!r})", "changed constant")


def _binary(node: ast.BinOp, text: Source) -> Iterator[Edit]:
    symbol, others = BINARY.get(type(node.op), ("", ()))
    if not symbol:
        return
    start, end = text.span(node)
    op = text.operator(node.left, node.right, symbol)
    left, right = text.of(start, op[0]).strip(), text.of(op[1], end).strip()
    for other in others:
        yield Edit(*op, other, f"{other} for {symbol}")
    yield Edit(start, end, left, "dropped term")
    yield Edit(start, end, right, "dropped term")
    if symbol in {"-", "/", "//", "**", "@"}:
        swapped = f"{_bracketed(right)} {symbol} {_bracketed(left)}"
        inside = text.of(start - 1, start) == "(" and text.of(end, end + 1) == ")"
        yield Edit(start, end, swapped if inside else f"({swapped})", "swapped operands")
    if symbol == "@" and not (isinstance(node.left, ast.Attribute) and node.left.attr == "T"):
        yield Edit(start, op[0], f"{_bracketed(left)}.T ", "transposed operand")


def _bracketed(expression: str) -> str:
    return expression if re.fullmatch(r"[\w.]+(\[[^\[\]]*\])?|\([^()]*\)", expression) else f"({expression})"


def _unary(node: ast.UnaryOp, text: Source) -> Iterator[Edit]:
    start, end = text.span(node)
    symbol = {ast.USub: "-", ast.Not: "not ", ast.Invert: "~"}.get(type(node.op))
    if symbol:
        yield Edit(start, end, text.of(start, end)[len(symbol) :], f"dropped {symbol.strip()}")


def _compare(node: ast.Compare, text: Source) -> Iterator[Edit]:
    operands = [node.left, *node.comparators]
    for left, op, right in zip(operands, node.ops, operands[1:], strict=False):
        symbol, others = COMPARE[type(op)]
        where = text.operator(left, right, symbol)
        for other in others:
            yield Edit(*where, other, f"{other} for {symbol}")


def _boolean(node: ast.BoolOp, text: Source) -> Iterator[Edit]:
    symbol, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in zip(node.values, node.values[1:], strict=False):
        yield Edit(*text.operator(left, right, symbol), other, f"{other} for {symbol}")


def _condition(node: ast.If | ast.IfExp | ast.While, text: Source) -> Iterator[Edit]:
    start, end = text.span(node.test)
    yield Edit(start, end, f"not ({text.of(start, end)})", "negated condition")
    if not isinstance(node, ast.While):
        yield Edit(start, end, "True", "condition left out")
    yield Edit(start, end, "False", "condition left out")


def _loop(node: ast.For | ast.comprehension, text: Source) -> Iterator[Edit]:
    yield Edit(*text.span(node.iter), "[]", "loop that never runs")


def _statement(node: ast.stmt, text: Source) -> Iterator[Edit]:
    start, end = text.span(node)
    if isinstance(node, (ast.Break, ast.Continue)):
        yield Edit(start, end, "continue" if isinstance(node, ast.Break) else "break", "break and continue")
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    rebinds = isinstance(node, ast.Assign) and _rebinds(node)
    if (isinstance(node, (ast.AugAssign, ast.Expr, ast.Raise, ast.Break)) and not docstring) or rebinds:
        yield Edit(start, end, "pass", "left out")
    if isinstance(node, ast.AugAssign) and type(node.op) in BINARY:
        symbol, others = BINARY[type(node.op)]
        where = text.operator(node.target, node.value, f"{symbol}=")
        yield from (Edit(*where, f"{other}=", f"{other}= for {symbol}=") for other in others)
        yield Edit(*where, "=", f"= for {symbol}=")
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        one, two = (text.span(e) for e in node.value.elts)
        yield Edit(one[0], two[1], f"{text.of(*two)}, {text.of(*one)}", "swapped results")


def _rebinds(node: ast.Assign) -> bool:
    """Whether the target occurs on both sides, so that the code still runs without the assignment."""
    targets = {n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return bool(targets & {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)})


def _raise(node: ast.Raise, text: Source) -> Iterator[Edit]:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if isinstance(raised, ast.Name):
        yield Edit(*text.span(raised), "RuntimeError", "other exception")


def _call(node: ast.Call, text: Source) -> Iterator[Edit]:
    start, end = text.span(node)
    name_end = text.span(node.func)[1]
    name = text.of(start, name_end).rpartition(".")[2]
    for related in RELATED.get(name, ()):
        yield Edit(name_end - len(name), name_end, related, f"{related} for {name}")
    if name in REMOVABLE and node.args:
        yield Edit(start, end, f"({text.of(*text.span(node.args[0]))})", f"{name} left out")
    if name in {"var", "std"} and "ddof" not in {k.arg for k in node.keywords}:
        yield Edit(end - 1, end, ", ddof=1)" if node.args or node.keywords else "ddof=1)", "ddof")
    if name == "len":
        yield Edit(start, end, f"({text.of(start, end)} - 1)", "off by one")
    if name == "range" and node.args:
        last = text.span(node.args[-1])
        yield Edit(*last, f"{text.of(*last)} + 1", "off by one")
        yield Edit(*last, f"{text.of(*last)} - 1", "off by one")
    if name not in SYMMETRIC:
        for one, two in zip(node.args, node.args[1:], strict=False):
            (a, b), (c, d) = text.span(one), text.span(two)
            yield Edit(a, d, text.of(c, d) + text.of(b, c) + text.of(a, b), "swapped arguments")
    yield from _keywords(node, text)


def _keywords(node: ast.Call, text: Source) -> Iterator[Edit]:
    before = [*map(text.span, node.args), *map(text.span, node.keywords)]
    for keyword in node.keywords:
        start, end = text.span(keyword)
        i = before.index((start, end))
        if i:
            yield Edit(before[i - 1][1], end, "", f"{keyword.arg} left out")
        elif len(before) > 1:
            yield Edit(start, before[1][0], "", f"{keyword.arg} left out")
        else:
            yield Edit(start, end, "", f"{keyword.arg} left out")
        if keyword.arg == "side" and isinstance(keyword.value, ast.Constant):
            other = "left" if keyword.value.value == "right" else "right"
            yield Edit(*text.span(keyword.value), repr(other), "other side")


def _attribute(node: ast.Attribute, text: Source) -> Iterator[Edit]:
    if node.attr == "T":
        yield Edit(text.span(node.value)[1], text.span(node)[1], "", "not transposed")


def _subscript(node: ast.Subscript, text: Source) -> Iterator[Edit]:
    end = text.span(node)[1]
    inside = node.slice
    if isinstance(inside, ast.Tuple) and any(_is_new_axis(e) for e in inside.elts):
        yield Edit(text.span(node.value)[1], end, "", "no broadcast")
        parts = [text.of(*text.span(e)) for e in inside.elts]
        yield Edit(*text.span(inside), ", ".join(reversed(parts)), "wrong broadcast")
    for part in inside.elts if isinstance(inside, ast.Tuple) else [inside]:
        if isinstance(part, ast.Slice) and (part.lower or part.upper):
            yield Edit(*text.span(part), ":", "whole axis")


def _is_new_axis(node: ast.expr) -> bool:
    constant = isinstance(node, ast.Constant) and node.value is None
    return constant or (isinstance(node, ast.Attribute) and node.attr == "newaxis")


_SLIPS: tuple[tuple[Any, Callable[[Any, Source], Iterator[Edit]]], ...] = (
    (ast.Constant, _number),
    (ast.BinOp, _binary),
    (ast.UnaryOp, _unary),
    (ast.Compare, _compare),
    (ast.BoolOp, _boolean),
    ((ast.If, ast.IfExp, ast.While), _condition),
    ((ast.For, ast.comprehension), _loop),
    (ast.stmt, _statement),
    (ast.Raise, _raise),
    (ast.Call, _call),
    (ast.Attribute, _attribute),
    (ast.Subscript, _subscript),
)
