"""Plain Python: math, random numbers one by one, lists of lists, and an elimination written by hand."""

import math


def eliminate(matrix):
    """Inverse and log-determinant of a positive definite list of lists (Gauss-Jordan)."""
    size = len(matrix)
    rows = [list(map(float, matrix[i])) + [1.0 if j == i else 0.0 for j in range(size)] for i in range(size)]
    log_det = 0.0
    for i in range(size):
        pivot = rows[i][i]
        log_det += math.log(pivot)
        rows[i] = [value / pivot for value in rows[i]]
        for k in range(size):
            if k != i and rows[k][i] != 0.0:
                factor = rows[k][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [row[size:] for row in rows], log_det


def dot(a, b):
    total = 0.0
    for s, t in zip(a, b):
        total += s * t
    return total


def tolist(array):
    return array.tolist() if hasattr(array, "tolist") else array


def predict_x(z, W, mean):
    return [dot(row, z) + m for row, m in zip(W, mean)]


def gaussian(x, centre, variance):
    total = 0.0
    for a, b in zip(x, centre):
        total += -0.5 * math.log(2 * math.pi * variance) - (a - b) ** 2 / (2 * variance)
    return total


def sample(n, W, mean, noise_variance, rng):
    W, mean = tolist(W), tolist(mean)
    X, Z = [], []
    for _ in range(n):
        z = [rng.normal() for _ in W[0]]
        x = [rng.normal(centre, math.sqrt(noise_variance)) for centre in predict_x(z, W, mean)]
        Z.append(z)
        X.append(x)
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    X, Z, W, mean = map(tolist, (X, Z, W, mean))
    return [gaussian(z, [0] * len(z), 1) + gaussian(x, predict_x(z, W, mean), noise_variance) for x, z in zip(X, Z)]


def precision_of(W, noise_variance):
    columns = list(zip(*W))
    return [
        [dot(a, b) / noise_variance + (1.0 if i == j else 0.0) for j, b in enumerate(columns)]
        for i, a in enumerate(columns)
    ]


def latent_posterior(X, W, mean, noise_variance):
    X, W, mean = map(tolist, (X, W, mean))
    covariance, _ = eliminate(precision_of(W, noise_variance))
    means = []
    for x in X:
        residual = [a - b for a, b in zip(x, mean)]
        pull = [dot(column, residual) / noise_variance for column in zip(*W)]
        means.append([dot(row, pull) for row in covariance])
    return means, covariance


def log_marginal_likelihood(X, W, mean, noise_variance):
    means, _ = latent_posterior(X, W, mean, noise_variance)
    _, log_det = eliminate(precision_of(tolist(W), noise_variance))
    q = len(means[0])
    peak = log_joint(X, means, W, mean, noise_variance)
    return [value + 0.5 * q * math.log(2 * math.pi) - 0.5 * log_det for value in peak]


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    X, W, mean = map(tolist, (X, W, mean))
    answer = []
    for x in X:
        logs = []
        for _ in range(n_samples):
            z = [rng.standard_normal() for _ in W[0]]
            logs.append(gaussian(x, predict_x(z, W, mean), noise_variance))
        top = max(logs)
        answer.append(top + math.log(sum(math.exp(value - top) for value in logs) / n_samples))
    return answer


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    X, q_means, S, W, mean = map(tolist, (X, q_means, q_covariance, W, mean))
    q = len(S)
    # The Cholesky factor, row by row.
    L = [[0.0] * q for _ in range(q)]
    for a in range(q):
        for b in range(a + 1):
            rest = S[a][b] - dot(L[a][:b], L[b][:b])
            L[a][b] = math.sqrt(rest) if a == b else rest / L[b][b]
    half_log_det = sum(math.log(L[a][a]) for a in range(q))
    answers = []
    for x, m in zip(X, q_means):
        logs = []
        for _ in range(n_samples):
            u = [float(rng.normal()) for _ in range(q)]
            z = [m[a] + dot(L[a][: a + 1], u[: a + 1]) for a in range(q)]
            log_q = gaussian(u, [0.0] * q, 1.0) - half_log_det
            logs.append(gaussian(z, [0.0] * q, 1.0) + gaussian(x, predict_x(z, W, mean), noise_variance) - log_q)
        top = max(logs)
        answers.append(top + math.log(sum(math.exp(value - top) for value in logs) / n_samples))
    return answers


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    X, q_means, S, W, mean = map(tolist, (X, q_means, q_covariance, W, mean))
    q = len(S)
    _, log_det = eliminate(S)
    spread = 0.0
    for row in W:
        for a in range(q):
            for b in range(q):
                spread += row[a] * S[a][b] * row[b]
    price = 0.5 * sum(S[k][k] for k in range(q)) + spread / (2 * noise_variance)
    entropy = 0.5 * (q + q * math.log(2 * math.pi) + log_det)
    return [value - price + entropy for value in log_joint(X, q_means, W, mean, noise_variance)]
