"""np.matrix inside, results as Fortran-ordered, strided and nested things."""

import numpy as np


def sample(n, W, mean, noise_variance, rng):
    w = np.matrix(W)
    z = np.matrix(rng.normal(size=(W.shape[1], n)))
    x = w * z + np.matrix(mean).T + np.sqrt(noise_variance) * np.matrix(rng.normal(size=(W.shape[0], n)))
    return np.asfortranarray(x.T), np.array(z).T


def log_joint(X, Z, W, mean, noise_variance):
    out = np.zeros((len(X), 3))
    for i in range(len(X)):
        r = np.matrix(X[i] - mean).T - np.matrix(W) * np.matrix(Z[i]).T
        z = np.matrix(Z[i]).T
        constants = len(z) * np.log(2 * np.pi) + len(r) * np.log(2 * np.pi * noise_variance)
        out[i, 1] = -0.5 * ((z.T * z)[0, 0] + (r.T * r)[0, 0] / noise_variance + constants)
    return out[:, 1]


def log_marginal_likelihood(X, W, mean, noise_variance):
    w = np.matrix(W)
    C = w * w.T + noise_variance * np.matrix(np.eye(len(mean)))
    inverse, log_det = C.I, np.linalg.slogdet(C)[1]
    answers = []
    for x in X:
        r = np.matrix(x - mean)
        answers.append(np.float64(-0.5 * ((r * inverse * r.T)[0, 0] + log_det + len(mean) * np.log(2 * np.pi))))
    return tuple(answers)


def latent_posterior(X, W, mean, noise_variance):
    w = np.matrix(W)
    M = w.T * w + noise_variance * np.matrix(np.eye(W.shape[1]))
    wide = np.zeros((2 * len(X), W.shape[1]))
    wide[::2] = (M.I * w.T * np.matrix(X - mean).T).T
    return [wide[::2], (noise_variance * M.I).tolist()]


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    z = np.matrix(rng.normal(size=(W.shape[1], n_samples)))
    centres = np.array((np.matrix(W) * z).T) + mean
    answers = []
    for x in X:
        log_p = -0.5 * (
            np.sum((centres - x) ** 2, axis=1) / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance)
        )
        ordered = np.sort(log_p)
        answers.append(np.array(ordered[-1] + np.log(np.sum(np.exp(ordered - ordered[-1])) / n_samples)))
    return answers


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    S, w = np.matrix(q_covariance), np.matrix(W)
    root = np.linalg.cholesky(S)
    answers = []
    for x, m in zip(X, q_means):
        u = np.matrix(rng.normal(size=(len(S), n_samples)))
        z = root * u + np.matrix(m).T
        r = np.array(np.matrix(x - mean).T - w * z)
        z, u = np.asfortranarray(z), np.array(u)
        logs = 0.5 * (np.sum(u**2, axis=0) - np.sum(z**2, axis=0) - np.sum(r**2, axis=0) / noise_variance)
        logs = logs + 0.5 * np.linalg.slogdet(S)[1] - 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        ordered = np.sort(logs)
        answers.append(np.array(ordered[-1] + np.log(np.sum(np.exp(ordered - ordered[-1])) / n_samples)))
    return answers


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    w, S = np.matrix(W), np.matrix(q_covariance)
    inner = log_joint(X, q_means, W, mean, noise_variance)
    entropy = 0.5 * (len(S) * np.log(2 * np.pi * np.e) + np.linalg.slogdet(S)[1])
    values = inner - 0.5 * np.trace(S) - 0.5 * np.trace(w * S * w.T) / noise_variance + entropy
    return np.repeat(values, 2)[::2]
