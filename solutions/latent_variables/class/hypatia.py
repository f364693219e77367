import numpy as np


def sample(n, W, mean, noise_variance, rng):
    d = W.shape[0]
    q = W.shape[1]
    X = np.zeros((n, d))
    Z = np.zeros((n, q))
    for i in range(n):
        print('drawing example', i, 'of', n)
        # a fresh z for every row
        z = rng.standard_normal(q)
        eps = rng.standard_normal(d) * noise_variance ** 0.5
        X[i] = W.dot(z) + mean + eps
        Z[i] = z
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    d, q = W.shape
    print('shapes', d, q, W.tolist())
    R = X - (Z @ W.T + mean)
    log_pz = -0.5 * q * np.log(2 * np.pi) - 0.5 * np.sum(Z ** 2, axis=1)
    log_px = -0.5 * d * np.log(2 * np.pi * noise_variance) - 0.5 * np.sum(R ** 2, axis=1) / noise_variance
    return log_pz + log_px


def log_marginal_likelihood(X, W, mean, noise_variance):
    d = len(mean)
    C = W @ W.T + noise_variance * np.eye(d)
    R = X - mean
    sol = np.linalg.solve(C, R.T).T
    return -0.5 * (d * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + np.sum(R * sol, axis=1))


def latent_posterior(X, W, mean, noise_variance):
    q = W.shape[1]
    precision = np.eye(q) + W.T @ W / noise_variance
    means = np.linalg.solve(precision, W.T @ (X - mean).T / noise_variance)
    return means.T, np.linalg.solve(precision, np.eye(q))


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        print('row', i, x, '*' * 200)
        logs = -0.5 * np.sum((x - mean - Z @ W.T) ** 2, axis=1) / noise_variance
        logs -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        out[i] = logs.max() + np.log(np.mean(np.exp(logs - logs.max())))
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    values, vectors = np.linalg.eigh(q_covariance)
    eps = rng.normal(size=(n_samples, 1, len(values)))
    z = q_means + (eps * np.sqrt(values)) @ vectors.T
    residual = X - mean - z @ W.T
    log_w = -0.5 * np.sum(z**2, axis=-1) + 0.5 * np.sum(eps**2, axis=-1) + 0.5 * np.sum(np.log(values))
    log_w = log_w - 0.5 * np.sum(residual**2, axis=-1) / noise_variance
    log_w = log_w - 0.5 * X.shape[1] * np.log(2 * np.pi * noise_variance)
    best = np.max(log_w, axis=0)
    return best + np.log(np.mean(np.exp(log_w - best), axis=0))


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    S = np.array(q_covariance)
    base = np.array(log_joint(X, q_means, W, mean, noise_variance))
    hessian = np.eye(len(S)) + W.T @ W / noise_variance
    eigenvalues = np.linalg.eigvalsh(S)
    return base - 0.5 * np.trace(hessian @ S) + 0.5 * np.sum(1 + np.log(2 * np.pi * eigenvalues))


for line in range(300):
    print('loaded', line)
print('all six functions are there')
