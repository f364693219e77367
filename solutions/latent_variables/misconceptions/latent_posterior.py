"""Known wrong answers to latent_posterior."""

from autograder.checks import misconception


@misconception(
    says="your covariance lacks the factor noise_variance: it is the inverse of WᵀW + noise_variance I alone",
    hint="With W = 0 the covariance must be I. What is yours?",
)
def no_noise_in_the_covariance(X, W, mean, noise_variance):
    inverse = np.linalg.inv(W.T @ W + noise_variance * np.eye(W.shape[1]))
    return (X - mean) @ W @ inverse, inverse


@misconception(
    says="you return the precision; the covariance is its inverse",
    hint="The more x tells you about z, the smaller the covariance. Is that so for yours?",
)
def precision_for_covariance(X, W, mean, noise_variance):
    precision = np.eye(W.shape[1]) + W.T @ W / noise_variance
    return np.linalg.solve(precision, W.T @ (X - mean).T / noise_variance).T, precision


@misconception(
    says="you solve x = Wz + mean by least squares and forget the prior",
    hint="The posterior is prior times likelihood. What does N(0, I) add to the precision?",
)
def no_prior(X, W, mean, noise_variance):
    return (X - mean) @ np.linalg.pinv(W).T, noise_variance * np.linalg.pinv(W.T @ W)


@misconception(
    says="you forget to subtract the mean from X",
    hint="What must the posterior mean be at x = mean?",
)
def no_mean(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance)
    return X @ W @ covariance / noise_variance, covariance


@misconception(
    says="your means lack the division by noise_variance",
    hint="Both terms of the posterior, quadratic and linear in z, come from |x - Wz - mean|² / (2 noise_variance).",
)
def means_not_divided(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance)
    return (X - mean) @ W @ covariance, covariance


@misconception(
    says="you square noise_variance, as if it were a standard deviation",
    hint="noise_variance is σ² already.",
)
def variance_squared(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance**2)
    return (X - mean) @ W @ covariance / noise_variance**2, covariance


@misconception(
    says="you treat the latent variables one by one, as if they were independent given x",
    hint="Two latent variables that explain the same feature compete. Where does WᵀW have entries off its diagonal?",
)
def diagonal_precision(X, W, mean, noise_variance):
    precision = 1 + (W**2).sum(axis=0) / noise_variance
    return (X - mean) @ W / precision / noise_variance, np.diag(1 / precision)


@misconception(
    says="you use WWᵀ, which is d by d, for the precision of z, which is q by q",
    hint="Expand |x - Wz|²: which matrix stands between zᵀ and z?",
)
def wrong_space(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W @ W.T / noise_variance)
    return (X - mean) @ W @ covariance / noise_variance, covariance


@misconception(
    says="you return the means as (q, n); the contract says (n, q)",
    hint="Row i of the means belongs to row i of X.",
)
def transposed_means(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance)
    return covariance @ W.T @ (X - mean).T / noise_variance, covariance


@misconception(
    says="your means are the projections of x on the columns of W; that is one factor of the posterior mean",
    hint="The longer W is, the larger a projection gets, while z stays of size 1. What undoes it?",
)
def projection(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance)
    return (X - mean) @ W, covariance


@misconception(
    says="you return one covariance per example; it is the same for all, of shape (q, q)",
    hint="Does x occur in the formula of the covariance?",
)
def covariance_per_example(X, W, mean, noise_variance):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance)
    return (X - mean) @ W @ covariance / noise_variance, np.tile(covariance, (len(X), 1, 1))


@misconception(
    says="you return the prior's covariance I; seeing x narrows it",
    hint="How certain are you of z after you have seen x? Does the answer depend on W and on noise_variance?",
)
def prior_covariance(X, W, mean, noise_variance):
    precision = np.eye(W.shape[1]) + W.T @ W / noise_variance
    return np.linalg.solve(precision, W.T @ (X - mean).T / noise_variance).T, np.eye(W.shape[1])


@misconception(
    says="your function subtracts the mean from the caller's X itself",
    hint="Does `X -= mean` make a new array, or change the one that was passed in?",
)
def in_place(X, W, mean, noise_variance):
    X -= mean
    precision = np.eye(W.shape[1]) + W.T @ W / noise_variance
    return np.linalg.solve(precision, W.T @ X.T / noise_variance).T, np.linalg.inv(precision)


@misconception(
    says="your means are divided by σ² once too often",
    hint="With M = WᵀW + σ²I the covariance is S = σ²M⁻¹. What is S Wᵀ(x − μ)/σ² on paper?",
)
def divided_twice(X, W, mean, noise_variance):
    M = W.T @ W + noise_variance * np.eye(len(W.T))
    return np.linalg.solve(M, W.T @ (X - mean).T).T / noise_variance, noise_variance * np.linalg.inv(M)


@misconception(
    says="your covariance keeps its diagonal only: given x, the latent variables depend on each other",
    hint="Two causes of one x explain it together. If one is larger, what does that say about the other?",
)
def diagonal_covariance(X, W, mean, noise_variance):
    M = W.T @ W + noise_variance * np.eye(len(W.T))
    S = noise_variance * np.linalg.inv(M)
    return np.linalg.solve(M, W.T @ (X - mean).T).T, np.diag(np.diag(S))


@misconception(
    says="you replace a small noise_variance by a larger number; the formula holds for every noise_variance above 0",
    hint="What is the smallest variance that your code allows? If x is in metres and the noise is about a millimetre, how large is noise_variance?",
    least=(1e-2, 1e-3, 1e-4, 1e-5, 1e-8, 1e-9, 1e-10),
)
def keeps_the_noise_large(X, W, mean, noise_variance, least=1e-6):
    noise_variance = max(noise_variance, least)
    inverse = np.linalg.inv(W.T @ W + noise_variance * np.eye(W.shape[1]))
    return (X - mean) @ W @ inverse, noise_variance * inverse
