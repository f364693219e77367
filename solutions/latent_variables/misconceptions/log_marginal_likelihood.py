"""Known wrong answers to log_marginal_likelihood."""

from autograder.checks import TINY, misconception


@misconception(
    says="you add noise_variance to every entry of WWᵀ; it belongs on the diagonal",
    hint="The noise of two features is independent. What is their noise covariance, then?",
)
def noise_everywhere(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance
    R = X - mean
    quadratic = np.sum(R * (np.linalg.pinv(C) @ R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you square noise_variance, as if it were a standard deviation",
    hint="noise_variance is σ² already. What is on the diagonal of the covariance of the noise?",
)
def variance_squared(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance**2 * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you take the logarithm of the determinant, which is 0 or infinite as a float in many dimensions",
    hint="The determinant of 0.01 I in 200 dimensions is 1e-400. Which NumPy function returns its logarithm?",
)
def logarithm_of_det(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.log(np.linalg.det(C)) + quadratic)


@misconception(
    says="you use WᵀW, which is q by q, for the covariance of x, which is d by d",
    hint="x_j and x_l share z through the rows j and l of W. Which matrix product contains the dot products of all pairs of rows?",
)
def wrong_space(X, W, mean, noise_variance):
    C = W.T @ W + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you set z to its expected value 0 instead of integrating over it",
    hint="An uncertain z makes x vary more. Does W appear in the covariance of your x?",
)
def expected_z(X, W, mean, noise_variance):
    return -0.5 * (((X - mean) ** 2).sum(axis=1) / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))


@misconception(
    says="you insert the most probable z; the marginal is the integral over all z",
    hint="The joint at its maximum is only the height of the posterior's peak. What about its width?",
)
def best_z(X, W, mean, noise_variance):
    q = W.shape[1]
    R = X - mean
    Z = np.linalg.solve(W.T @ W + noise_variance * np.eye(q), W.T @ R.T).T
    residuals = R - Z @ W.T
    constants = q * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constants)


@misconception(
    says="you leave out -d/2 log(2π)",
    hint="Constants do not matter to an argmax, but a density must integrate to 1.",
)
def no_two_pi(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    return -0.5 * (np.linalg.slogdet(C)[1] + np.sum(R * np.linalg.solve(C, R.T).T, axis=1))


@misconception(
    says="your log-determinant lacks the factor 1/2",
    hint="The density has the square root of the determinant in its denominator.",
)
def whole_log_det(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + quadratic) - np.linalg.slogdet(C)[1]


@misconception(
    says="you add half the log-determinant; it is subtracted",
    hint="A wider Gaussian is a flatter one. Which sign makes it so?",
)
def log_det_sign(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) - np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you forget to subtract the mean from X",
    hint="Where does N(x; mean, C) have its maximum, and where does yours?",
)
def no_mean(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    quadratic = np.sum(X * np.linalg.solve(C, X.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you use only the variances of the features; sharing z makes them correlated",
    hint="Independent given z is not independent. What is off the diagonal of WWᵀ?",
)
def diagonal_only(X, W, mean, noise_variance):
    variances = (W**2).sum(axis=1) + noise_variance
    return -0.5 * np.sum((X - mean) ** 2 / variances + np.log(2 * np.pi * variances), axis=1)


@misconception(
    says="you mix the rows: R C⁻¹ Rᵀ is n by n, and only its diagonal belongs to single examples",
    hint="Entry (i, l) of that matrix is about rows i and l. Which entries do you need?",
)
def mixed_rows(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R @ np.linalg.solve(C, R.T), axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="your log-determinant is that of the q x q matrix alone; the d - q other directions have a variance, too",
    hint="Write det(WWᵀ + s I) with the determinant lemma: which power of s appears as a factor?",
)
def small_determinant(X, W, mean, noise_variance):
    M = np.eye(W.shape[1]) + W.T @ W / noise_variance
    R = X - mean
    Z = np.linalg.solve(M, W.T @ R.T / noise_variance).T
    quadratic = (Z**2).sum(axis=1) + ((R - Z @ W.T) ** 2).sum(axis=1) / noise_variance
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(M)[1] + quadratic)


@misconception(
    says="you add up all examples; one number per example is asked for",
    hint="Over which axis do you sum? The result has shape (n,).",
)
def total(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T)
    return -0.5 * (len(X) * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1]) + quadratic)


@misconception(
    says="you put the standard deviation on the diagonal: a covariance matrix holds variances",
    hint="What is the variance of one entry of ε? Do you take a square root on the way?",
)
def deviation_for_variance(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance**0.5 * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you add a small number to the diagonal of the covariance; noise_variance already makes it invertible",
    hint="What is the smallest eigenvalue of WWᵀ + σ²I? Does it need any help?",
    epsilon=TINY,
)
def jitter(X, W, mean, noise_variance, epsilon=1e-6):
    C = W @ W.T + (noise_variance + epsilon) * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you count log 2π once per latent variable; the density is one of x, which has d features",
    hint="In how many dimensions is x a Gaussian?",
)
def constants_of_z(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="you subtract the mean of the examples; the mean of the model is given, and a single example would be at its own",
    hint="Give the function one row. How far is it from the mean that you subtract?",
)
def mean_of_the_examples(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - X.mean(axis=0)
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)


@misconception(
    says="in the determinant lemma with M = WᵀW + σ²I the factor σ² comes d − q times; you take it d times",
    hint="Put W = 0 into your formula: what is det C, and what do det M and your factors make of it?",
)
def noise_factor_too_often(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    log_det = np.linalg.slogdet(C)[1] + len(W.T) * np.log(noise_variance)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + log_det + quadratic)


@misconception(
    says="the correction in the Woodbury identity has the wrong sign: what W explains is subtracted from the squared distance",
    hint="Does knowing that features vary together make a far x more or less surprising than noise alone?",
)
def woodbury_added(X, W, mean, noise_variance):
    M = W.T @ W + noise_variance * np.eye(len(W.T))
    R = X - mean
    explained = np.sum((R @ W) * np.linalg.solve(M, (R @ W).T).T, axis=1)
    log_det = np.linalg.slogdet(W @ W.T + noise_variance * np.eye(len(mean)))[1]
    quadratic = (np.sum(R**2, axis=1) + explained) / noise_variance
    return -0.5 * (len(mean) * np.log(2 * np.pi) + log_det + quadratic)


@misconception(
    says="you replace a small noise_variance by a larger number; the formula holds for every noise_variance above 0",
    hint="What is the smallest variance that your code allows? If x is in metres and the noise is about a millimetre, how large is noise_variance?",
    least=(1e-2, 1e-3, 1e-4, 1e-5, 1e-8, 1e-9, 1e-10),
)
def keeps_the_noise_large(X, W, mean, noise_variance, least=1e-6):
    C = W @ W.T + max(noise_variance, least) * np.eye(len(mean))
    R = X - mean
    quadratic = np.sum(R * np.linalg.solve(C, R.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + quadratic)
