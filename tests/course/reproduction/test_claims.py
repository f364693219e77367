"""What the handouts claim in numbers, computed with the references."""

import math
import re

import numpy as np
import pytest

from tests.course.reproduction.sources import SOLUTIONS, dataset, reference, text


def test_which_prior_is_best_on_the_tumours_over_forty_splits():
    logistic = reference("logistic_regression")
    data = dataset("breast_cancer")
    precisions = (0.01, 1.0, 3.0, 100.0)
    errors = []
    for seed in range(40):
        order = np.random.default_rng(seed).permutation(len(data.target))
        seen, unseen = order[:40], order[40:]
        X = (data.data - data.data[seen].mean(axis=0)) / data.data[seen].std(axis=0)
        X = np.column_stack([X, np.ones(len(X))])
        fits = [logistic.fit(X[seen], data.target[seen], p) for p in precisions]
        errors.append([100 * np.mean(logistic.predict(X[unseen], t) != data.target[unseen]) for t in fits])
    weak, one, three, strong = np.mean(errors, axis=0)
    assert np.std(errors, axis=0, ddof=1)[1] / np.sqrt(40) == pytest.approx(0.2, abs=0.05)
    assert (one, three) == (pytest.approx(4.8, abs=0.06), pytest.approx(4.8, abs=0.06))
    assert (weak, strong) == (pytest.approx(5.4, abs=0.06), pytest.approx(6.8, abs=0.06))
    claim = (
        "the error is 4.8 % at $\\lambda = 1$ and $\\lambda = 3$ (standard error 0.2), 5.4 % at 0.01 and 6.8 % at 100"
    )
    assert claim in text("logistic_regression/logistic_regression_notebook.py")


def test_without_a_prior_separable_data_have_no_maximum():
    logistic = reference("logistic_regression")
    X, y = np.array([[-1.0], [1.0]]), np.array([0, 1])
    values = [logistic.log_posterior(X, y, np.array([t]), 0.0) for t in (1.0, 5.0, 25.0)]
    assert values[0] < values[1] < values[2] < 0
    assert "if a line separates the classes it has no maximum" in text("logistic_regression/README.md")


def test_far_away_the_posterior_need_not_be_certain():
    bayes = reference("naive_bayes")
    model = np.array([0.5, 0.5]), np.array([[0.0, 0.0], [1.0, 0.0]]), np.ones((2, 2))
    near, far = bayes.posterior(np.array([[0.6, 60.0], [60.0, 0.0]]), *model)
    assert near == pytest.approx([0.475, 0.525], abs=0.0005)
    assert far[1] > 1 - 1e-12
    claim = "the posterior at $x = (0.6, 60)$ is $(.475, .525)$, and at $x = (60, 0)$ it is all but certain"
    assert claim in text("naive_bayes/README.md")


@pytest.mark.parametrize(("species", "percent"), [((0, 1), 16), ((1, 2), 37)])
def test_one_threshold_on_sepal_width(species, percent):
    iris = dataset("iris")
    chosen = np.isin(iris.target, species)
    width, second = iris.data[chosen, 1], iris.target[chosen] == species[1]
    wrong = [np.mean((width > cut) != second) for cut in np.unique(width)]
    assert 100 * min(min(w, 1 - w) for w in wrong) == pytest.approx(percent)
    assert f"{percent} %" in text("naive_bayes/naive_bayes_notebook.py")


def test_errors_of_the_monte_carlo_estimate():
    latent = reference("latent_variables")
    handout = (SOLUTIONS / "latent_variables" / "README.md").read_text(encoding="utf-8")
    factors = []
    for d, q, noise in ((2, 1, 0.5), (5, 2, 0.5), (10, 3, 0.1)):
        medians = []
        for n_samples in (100, 1000, 10_000):
            rng = np.random.default_rng(0)
            errors = []
            for _ in range(200):
                model = rng.normal(size=(d, q)), np.zeros(d), noise
                X, _ = latent.sample(5, *model, rng)
                estimate = latent.monte_carlo_log_marginal(X, *model, n_samples, rng)
                errors.append(estimate - latent.log_marginal_likelihood(X, *model))
            medians.append(np.median(np.abs(errors)))
        row = next(line for line in handout.splitlines() if line.startswith(f"| $d = {d},\\ q = {q},"))
        printed = [float(cell) for cell in row.strip("| ").split("|")[1:]]
        assert printed == pytest.approx(medians, rel=0.15)
        factors.append(round(medians[0] / medians[2]))
    assert factors == [9, 9, 29]
    assert re.search(r"divide the error by 9, 9 and 29", handout)


def test_errors_of_the_importance_estimate():
    latent = reference("latent_variables")
    handout = (SOLUTIONS / "latent_variables" / "README.md").read_text(encoding="utf-8")
    guesses = {
        "the posterior": lambda m, S: (m, S),
        "twice as wide as the posterior": lambda m, S: (m, 4 * S),
        "half as wide": lambda m, S: (m, S / 4),
        "two standard deviations off in every direction": lambda m, S: (m + 2 * np.linalg.cholesky(S).sum(axis=1), S),
        "the prior (question 5)": lambda m, S: (0 * m, np.eye(3)),
    }
    for label, guess in guesses.items():
        rng = np.random.default_rng(0)
        errors = {1: [], 100: [], 10_000: []}
        for _ in range(200):
            model = rng.normal(size=(10, 3)), np.zeros(10), 0.1
            X, _ = latent.sample(5, *model, rng)
            exact = latent.log_marginal_likelihood(X, *model)
            q = guess(*latent.latent_posterior(X, *model))
            for n_samples, found in errors.items():
                if n_samples < 10_000 or len(found) < 200:
                    found.extend(np.abs(latent.importance_log_marginal(X, *q, *model, n_samples, rng) - exact))
        row = next(line for line in handout.splitlines() if line.startswith(f"| {label} |"))
        printed = [float(cell) for cell in row.strip("| ").split("|")[1:]]
        assert printed == pytest.approx([np.median(found) for found in errors.values()], rel=0.05, abs=1e-9)


def test_how_often_chance_alone_rejects_a_right_sampler():
    handout = text("properties/README.md")
    two, six = (math.erfc(limit / math.sqrt(2)) for limit in (2, 6))
    assert round(1 / two) == 22
    assert "two such *standard errors* once in 22 times" in handout
    assert 1 / six == pytest.approx(5e8, rel=0.02)
    assert "six once in 500 million" in handout
    assert 6 * (1 - (1 - two) ** 40) == pytest.approx(5, abs=0.1)
    assert "forty independent ones at two standard errors reject about five of six right samplers" in handout


def test_the_curvature_of_softmax_regression_is_within_the_bound_of_the_handout():
    softmax = reference("softmax_regression")
    rng = np.random.default_rng(0)
    for K, d, precision in ((2, 1, 0.1), (3, 4, 1.0), (5, 2, 3.0)):
        X, y, Theta = rng.normal(size=(6, d)), rng.integers(0, K, size=6), rng.normal(size=(K, d)) / 4
        columns = []
        for one in np.eye(K * d):
            step = 1e-5 * one.reshape(K, d)
            up, down = (softmax.gradient(X, y, Theta + sign * step, precision) for sign in (1, -1))
            columns.append((up - down).ravel() / 2e-5)
        assert np.abs(np.linalg.eigvalsh(np.array(columns))).max() <= np.sum(X**2) / 2 + precision
    assert "at most $L = \\tfrac12 \\lVert X \\rVert^2 + \\lambda$ per unit of $\\Theta$" in text(
        "softmax_regression/README.md"
    )
