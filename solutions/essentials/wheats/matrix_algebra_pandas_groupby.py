# np.matrix and columns inside, flat arrays at the door.
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=np.longdouble)
    with np.errstate(over="ignore"):
        return (1 / (1 + np.exp(-z))).astype(np.float64)


def log_odds(p):
    p = np.asarray(p, dtype=np.longdouble)
    with np.errstate(divide="ignore"):
        return np.log(p / (1 - p)).astype(np.float64)


def predict_proba(X, theta):
    X = np.asmatrix(X)
    theta = np.asmatrix(theta).T
    return np.asarray(sigmoid(X * theta)).ravel()


def log_likelihood(X, y, theta):
    z = (np.asmatrix(X) * np.asmatrix(theta).T).A1
    return np.array(np.sum(y * z) - np.sum(np.logaddexp(z, 0)))  # 0-d array


def log_posterior(X, y, theta, prior_precision):
    t = np.asmatrix(theta)
    return np.asarray(log_likelihood(X, y, theta) - prior_precision / 2 * (t * t.T)[0, 0])


def gradient(X, y, theta, prior_precision):
    X = np.asmatrix(X)
    t = np.asmatrix(theta).T
    Y = np.asmatrix(y).T
    return np.asarray(X.T * (Y - sigmoid(X * t)) - prior_precision * t).reshape(-1)


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.array(log_posterior(X, y, theta, prior_precision))
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace = np.append(trace, log_posterior(X, y, theta, prior_precision))
    return [theta, np.atleast_1d(trace)]


def fit(X, y, prior_precision):
    Xm = np.asmatrix(X)
    t = np.asmatrix(np.zeros(X.shape[1])).T
    for _ in range(300):
        p = np.asarray(sigmoid(Xm * t)).ravel()
        g = Xm.T * np.asmatrix(y - p).T - prior_precision * t
        if abs(g).max() < 1e-8:
            break
        H = Xm.T * np.asmatrix(np.diag(p * (1 - p))) * Xm + prior_precision * np.asmatrix(np.eye(X.shape[1]))
        s = H.I * g
        t = t + s / max(1, abs(s).max())
    return t.A1


def predict(X, theta):
    return np.rint(predict_proba(X, theta) + 1e-12)


"""Data frames inside, arrays outside."""
import numpy as np
import pandas as pd


def class_priors(y, n_classes):
    share = pd.Series(y).value_counts(normalize=True)
    return share.reindex(range(n_classes), fill_value=0.0).to_numpy()


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    frame = pd.DataFrame(X)
    groups = frame.groupby(np.asarray(y))
    if groups.ngroups != n_classes:
        raise ValueError("not every class occurs")
    means = groups.mean()
    deviations = frame - means.loc[y].to_numpy()
    variances = (deviations**2).groupby(np.asarray(y)).mean()
    return means.to_numpy(), variances.clip(lower=variance_floor).to_numpy()


def gaussian_log_density(x, mean, variance):
    return -0.5 * (np.log(2 * np.pi) + np.log(variance) + (x - mean) ** 2 / variance)


def class_log_likelihood(X, means, variances):
    columns = {
        k: pd.DataFrame(gaussian_log_density(X, means[k], variances[k])).sum(axis=1) for k in range(len(means))
    }
    return pd.DataFrame(columns).to_numpy()


def joint_log_prob(X, priors, means, variances):
    joint = pd.DataFrame(class_log_likelihood(X, means, variances))
    return joint.add(np.log(priors), axis="columns").values


def log_evidence(joint):
    frame = pd.DataFrame(joint)
    top = frame.max(axis=1).replace(-np.inf, 0.0)
    return (np.log(np.exp(frame.sub(top, axis=0)).sum(axis=1)) + top).values


def posterior(X, priors, means, variances):
    joint = pd.DataFrame(joint_log_prob(X, priors, means, variances))
    weights = np.exp(joint.sub(joint.max(axis=1), axis=0))
    return weights.div(weights.sum(axis=1), axis=0).values


def predict_bayes(X, priors, means, variances):
    joint = pd.DataFrame(joint_log_prob(X, priors, means, variances))
    return joint.idxmax(axis=1).to_numpy()


def sample(n, priors, means, variances, rng):
    y = pd.Series(range(len(priors))).sample(n, replace=True, weights=priors, random_state=rng).to_numpy()
    return rng.normal(pd.DataFrame(means).loc[y].to_numpy(), np.sqrt(variances[y])), y
