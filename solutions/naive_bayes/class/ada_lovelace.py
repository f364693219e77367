"""Naive Bayes, step by step. Ada L."""


import math

import numpy as np


# Note A
def class_priors(y, n_classes):
    priors = []
    for k in range(n_classes):
        n_k = 0
        for label in y:
            if label == k:
                n_k = n_k + 1
        priors.append(n_k / len(y))
    return priors


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    n, d = X.shape
    means, variances = [], []
    for k in range(n_classes):
        members = [i for i in range(n) if y[i] == k]
        if not members:
            raise ValueError(f"no examples of class {k}")
        mu, s2 = [], []
        for j in range(d):
            m = sum(X[i, j] for i in members) / len(members)
            v = sum((X[i, j] - m) ** 2 for i in members) / len(members)
            mu.append(m)
            s2.append(max(v, variance_floor))
        means.append(mu)
        variances.append(s2)
    return means, variances


def gaussian_log_density(x, mean, variance):
    def scalar(a, m, v):
        return -0.5 * math.log(2 * math.pi * v) - 0.5 * (a - m) ** 2 / v
    return np.vectorize(scalar, otypes=[float])(x, mean, variance)


def class_log_likelihood(X, means, variances):
    n, d = X.shape
    K = len(means)
    out = np.zeros((n, K))
    for i in range(n):
        for k in range(K):
            s = 0.0
            for j in range(d):
                s += -0.5 * math.log(2 * math.pi * variances[k, j]) - (X[i, j] - means[k, j]) ** 2 / (2 * variances[k, j])
            out[i, k] = s
    return out


def joint_log_prob(X, priors, means, variances):
    out = np.zeros((len(X), len(priors)))
    for i in range(len(X)):
        for k in range(len(priors)):
            if priors[k] == 0:
                out[i, k] = -np.inf
                continue
            out[i, k] = math.log(priors[k])
            for j in range(X.shape[1]):
                out[i, k] += -0.5 * math.log(2 * math.pi * variances[k, j]) - 0.5 * (X[i, j] - means[k, j]) ** 2 / variances[k, j]
    return out


def log_evidence(joint):
    result = []
    for row in joint:
        m = max(row)
        if m == -math.inf:
            result.append(-math.inf)
        else:
            result.append(m + math.log(sum(math.exp(a - m) for a in row)))
    return result


def posterior(X, priors, means, variances):
    out = []
    for x in X:
        scores = []
        for k in range(len(priors)):
            if priors[k] == 0:
                scores.append(-math.inf)
                continue
            s = math.log(priors[k])
            for j in range(len(x)):
                s -= 0.5 * (math.log(2 * math.pi * variances[k][j]) + (x[j] - means[k][j]) ** 2 / variances[k][j])
            scores.append(s)
        top = max(scores)
        weights = [math.exp(s - top) for s in scores]
        out.append([w / sum(weights) for w in weights])
    return out


def predict(X, priors, means, variances):
    labels = []
    for x in X:
        best, best_score = 0, -math.inf
        for k in range(len(priors)):
            if priors[k] == 0:
                continue
            score = math.log(priors[k])
            for j in range(len(x)):
                score += -0.5 * math.log(variances[k, j]) - (x[j] - means[k, j]) ** 2 / (2 * variances[k, j])
            if score > best_score:
                best, best_score = k, score
        labels.append(best)
    return labels


# Note G: the engine composes examples of any degree of complexity
def sample(n, priors, means, variances, rng):
    X, y = [], []
    for _ in range(n):
        k = int(rng.choice(len(priors), p=priors))
        y.append(k)
        X.append([rng.normal(means[k, j], math.sqrt(variances[k, j])) for j in range(means.shape[1])])
    return X, y
