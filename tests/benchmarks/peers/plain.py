"""Plain tests of Gaussian naive Bayes, as a lecturer would write them for another grader.

``reference`` and ``naive_bayes``, the submission, are modules beside this file. Each check compares the two on one random
problem; what a check finds wrong it raises as AssertionError. NumPy only: it runs in the other grader's environment.
"""

import numpy as np
import reference

POINTS = {
    "class_priors": 8,
    "estimate_parameters": 18,
    "gaussian_log_density": 10,
    "class_log_likelihood": 12,
    "joint_log_prob": 10,
    "log_evidence": 10,
    "posterior": 14,
    "predict": 8,
    "sample": 10,
}
SEEDS = 20
"""Problems of a question where the tests are not property-based."""


def arguments(question, seed):
    """The arguments of one call."""
    rng = np.random.default_rng(seed)
    n, d, k = rng.integers(2, 8), rng.integers(1, 4), rng.integers(2, 4)
    y = np.concatenate([np.arange(k), rng.integers(0, k, n)])
    X = rng.normal(size=(len(y), d)) * 10 ** rng.uniform(-2, 2)
    priors, means, variances = rng.dirichlet(np.ones(k)), rng.normal(size=(k, d)), rng.uniform(0.1, 3, (k, d))
    return {
        "class_priors": (y, k),
        "estimate_parameters": (X, y, k),
        "gaussian_log_density": (X, means[0], variances[0]),
        "class_log_likelihood": (X, means, variances),
        "joint_log_prob": (X, priors, means, variances),
        "log_evidence": (rng.normal(size=(n, k)) * 1000,),
        "posterior": (X, priors, means, variances),
        "predict": (X, priors, means, variances),
        "sample": (50, priors, means, variances, np.random.default_rng(seed)),
    }[question]


def check(question, answer, seed):
    """Compare one call of the answer with the reference; of random draws, the shapes and the labels."""
    found, expected = answer(*arguments(question, seed)), getattr(reference, question)(*arguments(question, seed))
    if question == "sample":
        assert [np.shape(f) for f in found] == [np.shape(e) for e in expected]
        assert set(np.asarray(found[1]).tolist()) <= set(range(len(arguments(question, seed)[1])))
        return
    for f, e in zip(*((found, expected) if isinstance(expected, tuple) else ((found,), (expected,))), strict=True):
        np.testing.assert_allclose(f, e, rtol=1e-7, atol=1e-9)
