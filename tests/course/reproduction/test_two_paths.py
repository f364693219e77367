"""The papers' experiments, repeated with the reference: as far from the printed curves as the handout says, and no further."""

import importlib.util
import re
from types import ModuleType

import numpy as np
import pytest

from autograder.release.wheel import ROOT

MASTER = ROOT / "solutions" / "two_paths"
WITHIN = 0.03
NB, LR_2001, LR = "naive Bayes", "logistic regression, 2001", "logistic regression, weak prior"


def module(path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


experiments = module(MASTER / "given" / "experiments.py")
reference = module(MASTER / "two_paths.py")
FUNCTIONS = (reference.learning_curve, reference.pooled_variance, reference.logistic_from_naive_bayes)


def in_the_handout(pair: str) -> dict[str, list[float]]:
    """The rows of the handout's table on two digits."""
    text = (MASTER / "README.md").read_text(encoding="utf-8")
    table = text.partition(f"| *digits {pair[0]} and {pair[1]}* |")[2].partition("\n\n")[0].splitlines()[1:6]
    rows = (re.split(r"\s*\|\s*", line.strip("| ")) for line in table)
    return {name: [float(value) for value in values] for name, *values in rows}


@pytest.mark.parametrize("pair", ["01", "23"])
def test_ng_and_jordan_2001_figure_1(pair):
    curves = experiments.ng_and_jordan(pair, *FUNCTIONS)
    paper = {m: np.interp(experiments.SIZES, *experiments.paper_curve(pair, m)) for m in ("NB", "LR")}
    assert np.abs(curves[NB] - paper["NB"]).max() < WITHIN
    assert np.abs(curves[LR_2001] - paper["LR"]).max() < WITHIN
    # The gap, and that a weak prior closes it.
    few = experiments.SIZES.index(10)
    assert curves[LR_2001][few] > curves[NB][few] + 0.1
    assert (curves[LR] <= curves[NB] + 0.002).all()

    printed = in_the_handout(pair)
    assert len(printed) == 5
    shown = [experiments.SIZES.index(m) for m in (10, 18, 34, 74, 154)]
    for row, curve in (
        ("naive Bayes, paper", paper["NB"]),
        ("naive Bayes, here", curves[NB]),
        ("logistic regression, paper", paper["LR"]),
        ("logistic regression without a prior, here", curves[LR_2001]),
        ("logistic regression with a weak prior, here", curves[LR]),
    ):
        # Half of the last printed digit, and as much again for another machine's rounding.
        assert printed[row] == pytest.approx(curve[shown], abs=0.001), row


SIZES = (10, 40, 4000)


@pytest.mark.parametrize(
    ("world", "nb_limit", "lr_limit"),
    [("independent", 0.1587, 0.1587), ("correlated", 0.1587, 0.1241)],
)
def test_xue_and_titterington_2008_where_both_end(world, nb_limit, lr_limit):
    curves = experiments.xue_and_titterington(world, SIZES, *FUNCTIONS)
    assert curves["naive Bayes"][-1] == pytest.approx(nb_limit, abs=0.003)
    assert curves["logistic regression"][-1] == pytest.approx(lr_limit, abs=0.003)
    ahead = "naive Bayes" if world == "independent" else "logistic regression"
    assert min(curves, key=lambda name: curves[name][0]) == ahead


def test_xue_and_titterington_2008_log_normal_data():
    curves = experiments.xue_and_titterington("log-normal", SIZES, *FUNCTIONS)
    assert (curves["logistic regression"] < curves["naive Bayes"] - 0.03).all()
