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


def predict(X, priors, means, variances):
    joint = pd.DataFrame(joint_log_prob(X, priors, means, variances))
    return joint.idxmax(axis=1).to_numpy()


def sample(n, priors, means, variances, rng):
    y = pd.Series(range(len(priors))).sample(n, replace=True, weights=priors, random_state=rng).to_numpy()
    return rng.normal(pd.DataFrame(means).loc[y].to_numpy(), np.sqrt(variances[y])), y
