"""Everything in one expression, indices spelled out."""

import numpy as np

sigmoid = lambda z: np.exp(-np.logaddexp(0, -z))  # noqa: E731


def log_odds(p):
    return np.log(p) - np.log1p(-p)


def predict_proba(X, theta):
    return sigmoid(np.einsum("ij,j->i", X, theta))


def log_likelihood(X, y, theta):
    return np.einsum("i->", -np.logaddexp(0, np.einsum("i,ij,j->i", 1.0 - 2 * y, X, theta)))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.einsum("j,j", theta, theta)


def gradient(X, y, theta, prior_precision):
    return np.einsum("i,ij->j", y - predict_proba(X, theta), X) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    thetas = [np.zeros(X.shape[1])]
    for _ in range(n_steps):
        thetas.append(thetas[-1] + step_size * gradient(X, y, thetas[-1], prior_precision))
    return thetas[-1], np.array([log_posterior(X, y, t, prior_precision) for t in thetas])


def fit(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for _ in range(200):
        p = predict_proba(X, theta)
        H = np.einsum("i,ij,ik->jk", p * (1 - p), X, X) + prior_precision * np.eye(len(theta))
        g = gradient(X, y, theta, prior_precision)
        if abs(g).max() < 1e-7:
            return theta
        direction = np.linalg.inv(H) @ g
        t = 1.0
        while (
            log_posterior(X, y, theta + t * direction, prior_precision) < log_posterior(X, y, theta, prior_precision)
            and t > 1e-8
        ):
            t *= 0.5
        theta = theta + t * direction
    return theta


def predict(X, theta):
    return np.greater_equal(np.einsum("ij,j->i", X, theta), 0)


"""Everything is kept class by class, so results are transposed views, strided slices and Fortran arrays."""
import numpy as np


def class_priors(y, n_classes):
    wide = np.zeros((n_classes, 2))
    for k in range(n_classes):
        wide[k, 0] = (y == k).sum()
    wide /= len(y)
    return wide[:, 0]


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    both = np.zeros((X.shape[1], n_classes, 2), order="F")
    for k in range(n_classes):
        mask = y == k
        if not mask.any():
            raise ValueError(k)
        both[:, k, 0] = X.T[:, mask].mean(axis=1)
        both[:, k, 1] = X.T[:, mask].var(axis=1)
    both[..., 1] = np.maximum(both[..., 1], variance_floor)
    return both[..., 0].T, both[..., 1].T


def gaussian_log_density(x, mean, variance):
    result = np.array(np.broadcast_arrays(x, mean, variance)[0], dtype=float, copy=True, order="F")
    result -= mean
    result *= result
    result /= variance
    result += np.log(2 * np.pi * np.asarray(variance))
    result *= -0.5
    return result


def class_log_likelihood(X, means, variances):
    return np.array([gaussian_log_density(X, m, v).sum(1) for m, v in zip(means, variances)]).T


def joint_log_prob(X, priors, means, variances):
    with np.errstate(all="ignore"):
        return (class_log_likelihood(X, means, variances).T + np.log(priors)[:, None]).T


def log_evidence(joint):
    double = np.repeat(joint, 2, axis=0)
    top = double.max(axis=1, initial=-np.inf)
    with np.errstate(all="ignore"):
        shifted = np.nan_to_num(double - top[:, None], nan=-np.inf, neginf=-np.inf)
        return (top + np.log(np.exp(shifted).sum(axis=1)))[::2]


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances).T
    joint = joint - joint.max(axis=0)
    return (np.exp(joint) / np.exp(joint).sum(axis=0)).T


def predict_bayes(X, priors, means, variances):
    return np.argmax(joint_log_prob(X[::-1], priors, means, variances).T, axis=0)[::-1]


def sample(n, priors, means, variances, rng):
    # a whole population for every class, of which each example takes its own
    u = rng.random((n, 1))
    y = (u >= np.cumsum(priors)[None, :-1]).sum(axis=1)
    z = np.asfortranarray(rng.standard_normal((n, len(priors), means.shape[1])))
    everything = means + np.sqrt(variances) * z
    return everything[np.arange(n), y], y
