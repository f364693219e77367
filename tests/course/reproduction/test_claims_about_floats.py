"""What the handouts say of numbers in floating point, and other numbers that a line of arithmetic gives."""

import math
from decimal import Decimal

import numpy as np
import pytest

from tests.course.reproduction.sources import notebook, reference, text


@pytest.mark.parametrize("handout", ["logistic_regression/README.md", "essentials/README.md"])
def test_where_exp_overflows(handout):
    assert math.exp(709.7) < math.inf
    with pytest.raises(OverflowError):
        math.exp(709.8)
    assert "`exp` overflows to `inf` from about 709.8 on" in text(handout)


def test_where_exp_underflows():
    assert math.exp(-745) > 0
    assert math.exp(-746) == 0
    assert "`exp` gives 0 from about $-745$ on" in text("two_paths/README.md")


def test_a_sigmoid_far_out():
    assert f"{Decimal(-1000).exp():.0e}" == "5e-435"
    assert "At $z = -1000$ the sigmoid is $5 \\cdot 10^{-435}$, which is stored as 0" in text(
        "logistic_regression/README.md"
    )
    at_20, at_40 = reference("logistic_regression").sigmoid(np.array([20.0, 40.0]))
    assert at_20 < 1 == at_40
    assert "at 40, $\\sigma(z)$ rounds to exactly 1" in text("properties/README.md")


def test_products_of_many_factors():
    assert 0.5**1074 > 0 == 0.5**1075
    handout = text("autoregressive/README.md")
    assert "the product is 0 in floating point from $T = 1075$ on" in handout
    assert f"{27**10:.0e}" == "2e+14"
    assert "there are $27^{10}$, about 200 trillion, texts of ten" in handout
    assert round(2**3.3) == 10
    assert "$2^{3.3} \\approx 10$" in handout
    assert "$2^{3.3} \\approx 10$" in notebook("autoregressive")


def test_neighbours_of_large_numbers():
    assert np.spacing(1e12) == pytest.approx(1e-4, rel=0.3)
    assert "where neighbouring floating-point numbers are $10^{-4}$ apart" in text("naive_bayes/README.md")


def test_determinants_that_are_no_floats():
    handout = text("latent_variables/README.md")
    assert 500 * math.log10(0.01) == -1000
    assert "For $C = 0.01\\, I$ in 500 dimensions $\\det C$ is $10^{-1000}$" in handout
    assert 100 * math.log10(1e-3**2) == -600
    assert "For 100 latent variables, each known to $10^{-3}$, $\\det S = 10^{-600}$" in handout
    assert 10 * math.log10(1001) == pytest.approx(30, abs=0.01)
    assert "$1001^{10} \\approx 10^{30}$" in notebook("latent_variables")


def test_the_elbo_to_check_yourself_with():
    latent = reference("latent_variables")
    model = np.array([[1.0]]), np.zeros(1), 1.0
    x = np.array([[1.0]])
    mean, covariance = latent.latent_posterior(x, *model)
    assert (mean.item(), covariance.item()) == (pytest.approx(0.5), pytest.approx(0.5))
    exact = latent.log_marginal_likelihood(x, *model).item()
    assert f"{exact:.5f}" == f"{latent.elbo(x, mean, covariance, *model).item():.5f}" == "-1.51551"
    assert f"{latent.elbo(x, np.zeros((1, 1)), np.eye(1), *model).item():.5f}" == "-1.91894"
    handout = text("latent_variables/README.md")
    assert "$\\log p(x) = -1.51551$ and the posterior is $\\mathcal N(0.5, 0.5)$" in handout
    assert "$-1.91894$ if one guesses the prior" in handout


def test_newton_converges_in_about_ten_steps():
    logistic = reference("logistic_regression")
    rng = np.random.default_rng(0)
    steps = []
    for precision in (0.01, 0.1, 1.0, 10.0):
        X = rng.normal(size=(40, 4))
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        y = (X[:, 0] + rng.normal(size=40) > 0).astype(int)
        theta = np.zeros(4)
        taken = 0
        while np.abs(gradient := logistic.gradient(X, y, theta, precision)).max() > 1e-4:
            p = logistic.predict_proba(X, theta)
            move = np.linalg.solve((X * (p * (1 - p))[:, np.newaxis]).T @ X + precision * np.eye(4), gradient)
            while logistic.log_posterior(X, y, theta + move, precision) < logistic.log_posterior(
                X, y, theta, precision
            ):
                move = move / 2
            theta, taken = theta + move, taken + 1
        steps.append(taken)
    assert 3 <= max(steps) <= 12
    assert "converges in about ten steps" in text("logistic_regression/README.md")


def test_the_curvature_of_logistic_regression_is_within_the_bound_of_the_handout():
    logistic = reference("logistic_regression")
    rng = np.random.default_rng(0)
    for n, d, precision in ((3, 1, 0.1), (6, 4, 1.0), (9, 2, 3.0)):
        X, y, theta = rng.normal(size=(n, d)), rng.integers(0, 2, size=n), rng.normal(size=d) / 4
        columns = []
        for step in 1e-5 * np.eye(d):
            up, down = (logistic.gradient(X, y, theta + sign * step, precision) for sign in (1, -1))
            columns.append((up - down) / 2e-5)
        assert np.abs(np.linalg.eigvalsh(np.array(columns))).max() <= np.sum(X**2) / 4 + precision
    assert "at most $L = \\tfrac14 \\sum_{ij} x_{ij}^2 + \\lambda$ times the change of $\\theta$" in text(
        "logistic_regression/README.md"
    )
