"""Plain loops over seeds; nothing but NumPy and assert."""

import numpy as np


def close(a, b, tolerance=1e-6):
    return np.shape(a) == np.shape(b) and bool(np.all(np.abs(np.asarray(a) - np.asarray(b)) <= tolerance))


def check_log_odds(sigmoid, log_odds):
    for z in np.arange(-20, 21):
        assert close(log_odds(sigmoid(float(z))), z)
    for z in [0.0, 0.3, 5.0, 40.0, 800.0]:
        assert close(sigmoid(z) + sigmoid(-z), 1)
    grid = np.linspace(-15, 20, 12)
    assert close(log_odds(sigmoid(grid)), grid)
    assert sigmoid(np.inf) == 1 and sigmoid(-np.inf) == 0
    assert log_odds(1.0) == np.inf and log_odds(0.0) == -np.inf


def check_gradient(log_posterior, gradient):
    for seed in range(8):
        rng = np.random.default_rng(seed)
        n, d, lam = 2 + seed % 4, 1 + seed % 3, 0.5 + seed
    assert (
