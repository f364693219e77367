"""pandas does the grouping."""

import numpy as np
import pandas as pd


def joint_log_likelihood(joint, y):
    long = pd.DataFrame(joint).stack()
    return long.loc[list(enumerate(y))].sum()


def marginal_log_likelihood(joint):
    table = pd.DataFrame(joint)
    top = table.max(axis=1).replace(-np.inf, 0.0)
    return (top + np.log(np.exp(table.sub(top, axis=0)).sum(axis=1))).sum()


def conditional_log_likelihood(joint, y):
    table = pd.DataFrame(joint)
    table = table.sub(table.max(axis=1), axis=0)
    table = table.sub(np.log(np.exp(table).sum(axis=1)), axis=0)
    return sum(table.iat[i, k] for i, k in enumerate(y))


def pooled_variance(X, y, n_classes):
    frame = pd.DataFrame(X)
    centred = frame - frame.groupby(y).transform("mean")
    return (centred**2).mean()


def logistic_from_naive_bayes(priors, means, variance):
    frame = pd.DataFrame({"m0": means[0], "m1": means[1], "v": variance})
    theta = (frame.m1 - frame.m0) / frame.v
    intercept = np.log(priors[1] / priors[0]) - ((frame.m1**2 - frame.m0**2) / (2 * frame.v)).sum()
    return theta, intercept


def error_rate(predictions, y):
    return pd.Series(predictions).ne(pd.Series(y)).mean()


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    index = pd.Series(np.arange(len(y)))
    rows = []
    for r in range(n_repeats):
        for m in sizes:
            rows.append((m, r, index.sample(n=int(m), random_state=rng).to_numpy()))
    table = pd.DataFrame(rows, columns=["m", "r", "rows"])
    table["error"] = [error_rate(fit_predict(X[i], y[i], X_test), y_test) for i in table["rows"]]
    return table.groupby("m")["error"].mean().reindex(sizes)


def crossover_size(sizes, discriminative_errors, generative_errors):
    wins = pd.Series(discriminative_errors < generative_errors, index=sizes)
    lasting = wins[::-1].cummin()[::-1]
    return int(lasting.idxmax()) if lasting.any() else None
