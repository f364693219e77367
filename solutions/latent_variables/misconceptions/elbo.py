"""Known wrong answers to elbo."""

from autograder.checks import misconception


@misconception(
    says="you leave out the entropy of q",
    hint="The bound is E_q[log p(x, z)] - E_q[log q(z)]. What is the second expectation for a Gaussian?",
)
def no_entropy(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    return prior + likelihood


@misconception(
    says="you subtract the entropy of q; it is added",
    hint="A wider q has a larger entropy, and that raises the bound. Which sign does −E_q[log q] give?",
)
def entropy_sign(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood - entropy


@misconception(
    says="you insert the mean of q into log p(x, z); the expectation of a square is more than the square of the mean",
    hint="E[z²] = E[z]² + variance. Which two squares does log p(x, z) contain?",
)
def mean_only(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + q * np.log(2 * np.pi))
    likelihood = -0.5 * ((residuals**2).sum(axis=1) / noise_variance + d * np.log(2 * np.pi * noise_variance))
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="your E_q[log p(z)] lacks the trace of q_covariance",
    hint="E_q |z|² is |m|² plus the variances of all entries of z.",
)
def no_trace_in_the_prior(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="your E_q[log p(x | z)] lacks the uncertainty of Wz",
    hint="x - Wz varies with z. What is the sum of the variances of the entries of Wz?",
)
def no_trace_in_the_likelihood(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    likelihood = -0.5 * ((residuals**2).sum(axis=1) / noise_variance + d * np.log(2 * np.pi * noise_variance))
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="your entropy is 1/2 log det alone; its constant, q/2 (1 + log(2π)), is missing",
    hint="Write out -E_q[log q(z)]: the constant of the density is there, and the expectation of the exponent.",
)
def short_entropy(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * np.linalg.slogdet(q_covariance)[1]
    return prior + likelihood + entropy


@misconception(
    says="your entropy lacks the q/2 that the exponent brings",
    hint="E_q[(z - m)ᵀ S⁻¹ (z - m)] is not 0: it is the trace of S⁻¹ S.",
)
def no_one_in_the_entropy(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="your log-determinant lacks the factor 1/2",
    hint="The density has the square root of the determinant in its denominator.",
)
def whole_log_det(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1]
    return prior + likelihood + entropy


@misconception(
    says="you use only the diagonal of q_covariance; its other entries count, too",
    hint="Two correlated latent variables can cancel in Wz. Which formula has the whole covariance in it?",
)
def diagonal_only(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ np.diag(np.diag(q_covariance)) @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="you take the logarithm of the determinant, which underflows for many narrow latent variables",
    hint="The determinant of 1e-6 I in 100 dimensions is 1e-600. Which NumPy function returns its logarithm?",
)
def logarithm_of_det(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.log(np.linalg.det(q_covariance)))
    return prior + likelihood + entropy


@misconception(
    says="the variance of Wz is not divided by noise_variance in your formula",
    hint="E_q |x - Wz - mean|² is divided as a whole.",
)
def spread_not_divided(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * ((residuals**2).sum(axis=1) / noise_variance + spread + d * np.log(2 * np.pi * noise_variance))
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="you add the divergence of q from the prior; it is subtracted",
    hint="The bound is E_q[log p(x | z)] minus KL(q, prior): a q far from the prior lowers the bound.",
)
def divergence_added(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    divergence = -prior - entropy
    return likelihood + divergence


@misconception(
    says="you leave out E_q[log p(z)]",
    hint="log p(x, z) has two terms. With the entropy of q there are three in all.",
)
def no_prior(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return likelihood + entropy


@misconception(
    says="you return the negative of the bound, a loss",
    hint="A bound from below is maximised; programs that minimise flip its sign, the definition does not.",
)
def loss(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return -(prior + likelihood + entropy)


@misconception(
    says="you multiply the trace of q_covariance by the sum of squares of W; each direction has a variance of its own",
    hint="tr(WSWᵀ) is not tr(S) tr(WWᵀ), except for q = 1.",
)
def traces_multiplied(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(q_covariance) * np.sum(W**2)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="you square noise_variance, as if it were a standard deviation",
    hint="noise_variance is σ² already.",
)
def variance_squared(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance**2 + d * np.log(2 * np.pi * noise_variance**2)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="you return log p(x) whatever q is; the bound depends on q",
    hint="Where do q_means and q_covariance occur in your code? For which q alone is the bound log p(x)?",
)
def marginal(X, q_means, q_covariance, W, mean, noise_variance):
    return log_marginal_likelihood(X, W, mean, noise_variance)


@misconception(
    says="you forget the mean: given z, x is centred at Wz + mean",
    hint="What is the expected x when z = 0?",
)
def no_mean(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
    return prior + likelihood + entropy


@misconception(
    says="your log-determinant adds up the logarithms of the diagonal of q_covariance; that is right only for a diagonal matrix",
    hint="What is the determinant of a 2 × 2 matrix? Which of its entries do you use?",
)
def determinant_of_the_diagonal(X, q_means, q_covariance, W, mean, noise_variance):
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    entropy = 0.5 * (q * (1 + np.log(2 * np.pi)) + np.log(np.diag(q_covariance)).sum())
    return prior + likelihood + entropy


@misconception(
    says="you replace a small noise_variance by a larger number; the formula holds for every noise_variance above 0",
    hint="What is the smallest variance that your code allows? If x is in metres and the noise is about a millimetre, how large is noise_variance?",
    least=(1e-2, 1e-3, 1e-4, 1e-5, 1e-8, 1e-9, 1e-10),
)
def keeps_the_noise_large(X, q_means, q_covariance, W, mean, noise_variance, least=1e-6):
    noise_variance = max(noise_variance, least)
    q, d = W.shape[1], len(mean)
    residuals = X - mean - q_means @ W.T
    prior = -0.5 * ((q_means**2).sum(axis=1) + np.trace(q_covariance) + q * np.log(2 * np.pi))
    spread = np.trace(W @ q_covariance @ W.T)
    likelihood = -0.5 * (
        ((residuals**2).sum(axis=1) + spread) / noise_variance + d * np.log(2 * np.pi * noise_variance)
    )
    return prior + likelihood + 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])
