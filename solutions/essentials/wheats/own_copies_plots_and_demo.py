# Works in place, but on copies of its own; preallocates everything.
import numpy as np


def sigmoid(z):
    out = np.array(z, dtype=float)
    np.negative(out, out=out)
    np.minimum(out, 709, out=out)
    np.exp(out, out=out)
    out += 1
    np.divide(1, out, out=out)
    return out


def log_odds(p):
    q = np.array(p, dtype=float)
    q /= 1 - p
    np.log(q, out=q)
    return q


def predict_proba(X, theta):
    z = np.zeros(X.shape[0])
    for j in range(X.shape[1]):
        z += X[:, j] * theta[j]
    return sigmoid(z)


def log_likelihood(X, y, theta):
    m = X @ theta
    m[y == 0] *= -1
    low = m < 0
    out = np.log1p(np.exp(-np.abs(m)))
    out[low] -= m[low]
    out *= -1
    return np.float64(out.sum())


def log_posterior(X, y, theta, prior_precision):
    t = np.copy(theta)
    t *= t
    return log_likelihood(X, y, theta) - prior_precision * t.sum() / 2


def gradient(X, y, theta, prior_precision):
    r = y.astype(float)
    r -= predict_proba(X, theta)
    g = np.asfortranarray(X).T @ r
    g -= prior_precision * theta
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.empty(n_steps + 1)
    trace[0] = log_posterior(X, y, theta, prior_precision)
    for t in range(n_steps):
        theta += step_size * gradient(X, y, theta, prior_precision)
        trace[t + 1] = log_posterior(X, y, theta, prior_precision)
    return theta, trace[::1]


def fit(X, y, prior_precision):
    # Stochastic at first (shuffled with a generator of its own), exact Newton steps at the end.
    rng = np.random.default_rng(453)
    theta = np.zeros(X.shape[1])
    for i in rng.integers(len(y), size=3 * len(y)):
        theta += 0.05 * (y[i] - predict_proba(X[i : i + 1], theta)[0]) * X[i]
    for _ in range(100):
        p = predict_proba(X, theta)
        A = (X.T * (p * (1 - p))) @ X
        A[np.diag_indices_from(A)] += prior_precision
        factor = np.linalg.cholesky(A)
        g = gradient(X, y, theta, prior_precision)
        step = np.linalg.solve(factor.T, np.linalg.solve(factor, g))
        theta += step / max(1.0, np.abs(step).max())
        if np.abs(g).max() < 1e-9:
            break
    return theta


def predict(X, theta):
    out = np.ones(len(X), dtype=np.int8)
    out[X @ theta < 0] = 0
    return out


"""Written in a notebook and exported: matplotlib at the top, a demo at the bottom."""
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

plt.rcParams["figure.figsize"] = (6, 4)

# --- question 1
def class_priors(y, n_classes):
    return np.array([sum(y == k) for k in range(n_classes)]) / y.shape[0]

# --- question 2
def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    K = n_classes
    mu = np.zeros((K, X.shape[1]))
    var = np.zeros((K, X.shape[1]))
    for k in range(K):
        Xk = X[np.where(y == k)]
        nk = Xk.shape[0]
        if nk == 0:
            raise ValueError("Empty class: {}".format(k))
        mu[k, :] = np.sum(Xk, axis=0) / nk
        var[k, :] = np.sum((Xk - mu[k, :]) ** 2, axis=0) / nk
    var[var < variance_floor] = variance_floor
    return (mu, var)

# --- question 3
def gaussian_log_density(x, mean, variance):
    return -(x - mean) ** 2 / variance / 2 - np.log(np.sqrt(2 * np.pi * variance))

# --- question 4
def class_log_likelihood(X, means, variances):
    n, d = X.shape
    K, _ = means.shape
    out = np.zeros((n, K))
    for j in range(d):
        out += gaussian_log_density(X[:, j].reshape(n, 1), means[:, j].reshape(1, K), variances[:, j].reshape(1, K))
    return out

# --- question 5
def joint_log_prob(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) + np.log(priors).reshape(1, -1)

# --- question 6
def log_evidence(joint):
    m = joint.max(1)
    out = np.zeros(len(m))
    for i in range(len(m)):
        if np.isinf(m[i]):
            out[i] = m[i]
        else:
            out[i] = m[i] + np.log(np.exp(joint[i] - m[i]).sum())
    return out

# --- question 7
def posterior(X, priors, means, variances):
    j = joint_log_prob(X, priors, means, variances)
    j = j - j.max(1).reshape(-1, 1)
    e = np.exp(j)
    return e / e.sum(1).reshape(-1, 1)

# --- question 8
def predict_bayes(X, priors, means, variances):
    return posterior_free_argmax(joint_log_prob(X, priors, means, variances))

def posterior_free_argmax(joint):
    return np.array([int(np.argmax(row)) for row in joint])

# --- question 9
def sample(n, priors, means, variances, rng):
    counts = rng.multinomial(n, priors)
    y = np.repeat(np.arange(len(priors)), counts)
    rng.shuffle(y)
    X = rng.normal(size=(n, means.shape[1])) * np.sqrt(variances[y]) + means[y]
    return X, y


def plot(X, y):
    fig, ax = plt.subplots()
    ax.scatter(X[:, 0], X[:, 1], c=y)
    ax.set_title("naive Bayes")
    return fig


if __name__ == "__main__":
    np.random.seed(1000)
    rng = np.random.default_rng(0)
    X, y = sample(100, np.array([0.3, 0.7]), np.array([[0.0, 0.0], [3.0, 3.0]]), np.ones((2, 2)), rng)
    plot(X, y)
    plt.show()
