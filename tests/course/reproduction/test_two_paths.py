"""The papers' experiments, repeated with the reference: as far from the printed curves as the handout says, and no further."""

import os
import re

import numpy as np
import pytest

from tests.course.reproduction.sources import SOLUTIONS, given

MASTER = SOLUTIONS / "two_paths"
WITHIN = 0.03
NB, RANDOM, ML, LR = (
    "naive Bayes",
    "random separating hyperplane",
    "maximum likelihood, no prior",
    "logistic regression, weak prior",
)


reference = given("two_paths/two_paths.py")
FUNCTIONS = (reference.learning_curve, reference.pooled_variance, reference.logistic_from_naive_bayes)


@pytest.fixture(scope="module")
def experiments():
    """What students are given; it imports scikit-learn, which takes a second and more."""
    return given("two_paths/given/experiments.py")


def in_the_handout(pair: str) -> dict[str, list[float]]:
    """The rows of the handout's table on two digits."""
    text = (MASTER / "README.md").read_text(encoding="utf-8")
    table = text.partition(f"| *digits {pair[0]} and {pair[1]}* |")[2].partition("\n\n")[0].splitlines()[1:7]
    rows = (re.split(r"\s*\|\s*", line.strip("| ")) for line in table)
    return {name: [float(value) for value in values] for name, *values in rows}


@pytest.mark.parametrize("pair", ["01", "23"] if os.environ.get("AUTOGRADER_THOROUGH") else ["01"])
def test_ng_and_jordan_2001_figure_1(experiments, pair):
    found = experiments.ng_and_jordan(pair, *FUNCTIONS)
    curves = {name: mean for name, (mean, _) in found.items()}
    assert all(error.max() < 0.008 for _, error in found.values())
    paper = {m: np.interp(experiments.SIZES, *experiments.paper_curve(pair, m)) for m in ("NB", "LR")}
    assert np.abs(curves[NB] - paper["NB"]).max() < WITHIN
    assert np.abs(curves[RANDOM] - paper["LR"]).max() < WITHIN
    # The gap is that of the random start: honest maximum likelihood closes it, and a weak prior does.
    few = experiments.SIZES.index(10)
    assert curves[RANDOM][few] > curves[NB][few] + 0.1
    assert (curves[LR] <= curves[NB] + 0.002).all()
    assert (curves[ML] <= curves[NB] + 0.01).all()
    assert (curves[ML][2:] < curves[NB][2:]).all()

    printed = in_the_handout(pair)
    assert len(printed) == 6
    shown = [experiments.SIZES.index(m) for m in (10, 18, 34, 74, 154)]
    for row, curve in (
        ("naive Bayes, paper", paper["NB"]),
        ("naive Bayes, here", curves[NB]),
        ("logistic regression, paper", paper["LR"]),
        ("a random separating hyperplane, here", curves[RANDOM]),
        ("maximum likelihood without a prior, here", curves[ML]),
        ("logistic regression with a weak prior, here", curves[LR]),
    ):
        # Half of the last printed digit, and as much again for another machine's rounding.
        assert printed[row] == pytest.approx(curve[shown], abs=0.001), row


SIZES = (10, 40, 4000)


@pytest.mark.parametrize(
    ("world", "nb_limit", "lr_limit"),
    [("independent", 0.1587, 0.1587), ("correlated", 0.1587, 0.1241)],
)
def test_xue_and_titterington_2008_where_both_end(experiments, world, nb_limit, lr_limit):
    curves = experiments.xue_and_titterington(world, SIZES, *FUNCTIONS)
    curves = {name: mean for name, (mean, _) in curves.items()}
    assert curves["naive Bayes"][-1] == pytest.approx(nb_limit, abs=0.003)
    assert curves["logistic regression"][-1] == pytest.approx(lr_limit, abs=0.003)
    handout = (MASTER / "README.md").read_text(encoding="utf-8")
    both, logistic, bayes = re.search(
        r"4,000 examples: (\.\d+) and .*reaches the best possible .* \((\.\d+)\), naive Bayes stays at .1587 \((\.\d+)\)",
        handout,
        re.DOTALL,
    ).groups()
    printed = (both, both) if world == "independent" else (bayes, logistic)
    assert [float(number) for number in printed] == pytest.approx([c[-1] for c in curves.values()], abs=0.001)
    ahead = "naive Bayes" if world == "independent" else "logistic regression"
    assert min(curves, key=lambda name: curves[name][0]) == ahead


def test_xue_and_titterington_2008_log_normal_data(experiments):
    curves = experiments.xue_and_titterington("log-normal", SIZES, *FUNCTIONS)
    assert (curves["logistic regression"][0] < curves["naive Bayes"][0] - 0.03).all()


def test_for_which_prior_the_curves_cross_on_the_tumours(experiments):
    found = experiments.crossover_by_prior(*FUNCTIONS)
    zero = np.zeros(len(experiments.TUMOUR_SIZES))
    crossed = {p: reference.crossover_size(experiments.TUMOUR_SIZES, mean, zero) for p, (mean, _) in found.items()}
    assert crossed == {0.01: 160, 0.1: 10, 1.0: 10}
    # Naive Bayes is ahead of the weak prior by more than chance; the strong prior is ahead of naive Bayes everywhere.
    mean, error = found[0.01]
    assert (mean[1:3] > 2 * error[1:3]).all()
    mean, error = found[1.0]
    assert (mean < -3 * error).all()
    text = (MASTER / "README.md").read_text(encoding="utf-8").replace("\u2212", "-")
    for precision, (mean, error) in found.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| $\\lambda = {precision:g}$"))
        cells = [cell.split("±") for cell in row.strip("| ").split("|")[1:]]
        assert [float(m) for m, _ in cells] == pytest.approx(mean, abs=0.001)
        assert [float(e) for _, e in cells] == pytest.approx(error, abs=0.001)


def test_maximum_likelihood_may_end_above_the_best_line(experiments):
    x, y, weights, error, best = experiments.above_the_best_line()
    assert (error, best) == (pytest.approx(0.4), pytest.approx(0.1))
    assert (list(x), list(y), list(weights)) == ([0, 1, -10], [0, 1, 1], [0.5, 0.4, 0.1])
    text = (MASTER / "README.md").read_text(encoding="utf-8")
    assert "$x = 0, 1, -10$ with labels $0, 1, 1$ and probabilities $.5, .4, .1$" in text


def test_without_smoothing_naive_bayes_has_more_errors_on_few_digits(experiments):
    X, y = experiments.digits(2, 3)
    unsmoothed = experiments.naive_bayes(reference.pooled_variance, reference.logistic_from_naive_bayes, smoothing=0.0)
    (error,), _ = experiments.mean_curve(reference.learning_curve, X, y, 200, (10,), unsmoothed)
    assert error == pytest.approx(0.10, abs=0.005)
    handout = " ".join((MASTER / "README.md").read_text(encoding="utf-8").split())
    assert "without it, naive Bayes on 2 and 3 is at about .10 with ten examples" in handout
