"""Known wrong answers to log_joint."""

from autograder.checks import misconception


@misconception(
    says="you leave out log p(z): this is log p(x | z), the likelihood",
    hint="A joint density is a conditional one times a marginal one. Which is which here?",
)
def no_prior(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    return -0.5 * ((residuals**2).sum(axis=1) / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))


@misconception(
    says="you square noise_variance, as if it were a standard deviation",
    hint="noise_variance is σ² already. Where does your formula have σ²?",
)
def variance_squared(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    prior = -0.5 * ((Z**2).sum(axis=1) + Z.shape[1] * np.log(2 * np.pi))
    likelihood = -0.5 * (
        (residuals**2).sum(axis=1) / noise_variance**2 + len(mean) * np.log(2 * np.pi * noise_variance**2)
    )
    return prior + likelihood


@misconception(
    says="your exponents lack the factor 1/2",
    hint="The exponent of a Gaussian is -(x - mean)² / (2 variance). Check what happens to the 2.",
)
def no_half(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    exponents = -(Z**2).sum(axis=1) - (residuals**2).sum(axis=1) / noise_variance
    return exponents - 0.5 * (Z.shape[1] * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance))


@misconception(
    says="you leave out the log(2π) of the densities",
    hint="Constants do not matter to an argmax, but a density must integrate to 1.",
)
def no_two_pi(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    return -0.5 * (
        (Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + len(mean) * np.log(noise_variance)
    )


@misconception(
    says="you count log(2π noise_variance) once; it comes once for each of the d features",
    hint="d independent features are d factors, and each brings a 1 / sqrt(2π noise_variance).",
)
def one_constant(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    prior = -0.5 * ((Z**2).sum(axis=1) + Z.shape[1] * np.log(2 * np.pi))
    return prior - 0.5 * ((residuals**2).sum(axis=1) / noise_variance + np.log(2 * np.pi * noise_variance))


@misconception(
    says="you compute the densities first and then take the logarithm: far away they are 0, and the result is −inf",
    hint="The logarithm of exp(a) is a. Is there any need to compute exp(a)?",
)
def logarithm_of_the_density(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    prior = np.prod(np.exp(-0.5 * Z**2) / np.sqrt(2 * np.pi), axis=1)
    likelihood = np.prod(np.exp(-0.5 * residuals**2 / noise_variance) / np.sqrt(2 * np.pi * noise_variance), axis=1)
    return np.log(prior * likelihood)


@misconception(
    says="you add up all examples; one number per example is asked for",
    hint="Over which axis do you sum? The result has shape (n,).",
)
def total(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    constants = Z.shape[1] * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return np.sum(-0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constants))


@misconception(
    says="you forget the mean: given z, x is centred at Wz + mean",
    hint="What is the expected x when z = 0?",
)
def no_mean(X, Z, W, mean, noise_variance):
    residuals = X - Z @ W.T
    constants = Z.shape[1] * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constants)


@misconception(
    says="you give z the variance noise_variance; it is standard normal",
    hint="Which of the two Gaussians does noise_variance belong to?",
)
def noisy_prior(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    squares = (Z**2).sum(axis=1) + (residuals**2).sum(axis=1)
    return -0.5 * (squares / noise_variance + (Z.shape[1] + len(mean)) * np.log(2 * np.pi * noise_variance))


@misconception(
    says="you multiply the two logarithms; the logarithm of a product is the sum",
    hint="p(x, z) = p(z) p(x | z). What does the logarithm turn this product into?",
)
def product_of_logarithms(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    prior = -0.5 * ((Z**2).sum(axis=1) + Z.shape[1] * np.log(2 * np.pi))
    return prior * -0.5 * ((residuals**2).sum(axis=1) / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))


@misconception(
    says="you return the density; its logarithm is asked for",
    hint="A density is never negative. Can its logarithm be?",
)
def density(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    constants = Z.shape[1] * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return np.exp(-0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constants))


@misconception(
    says="your function subtracts the mean from the caller's X itself",
    hint="Does `X -= mean` make a new array, or change the one that was passed in?",
)
def in_place(X, Z, W, mean, noise_variance):
    X -= mean
    X -= Z @ W.T
    constants = Z.shape[1] * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * ((Z**2).sum(axis=1) + (X**2).sum(axis=1) / noise_variance + constants)


@misconception(
    says="the constant of log p(z) counts d entries; z has q",
    hint="How many entries does z have? Each brings one factor 1 / sqrt(2π).",
)
def prior_counts_features(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    constants = len(mean) * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constants)


@misconception(
    says="the constant of the prior is missing: −(q/2) log 2π belongs to log p(z)",
    hint="What is log N(0; 0, 1)? It is not 0.",
)
def no_constant_in_the_prior(X, Z, W, mean, noise_variance):
    R = X - mean - Z @ W.T
    noise = len(mean) * np.log(2 * np.pi * noise_variance) + np.sum(R**2, axis=1) / noise_variance
    return -0.5 * (np.sum(Z**2, axis=1) + noise)


@misconception(
    says="log σ² is counted once, but each of the d features has a density of its own",
    hint="Over how many features does the sum run? Which of its terms do not depend on the feature, and how often do they occur?",
)
def noise_counted_once(X, Z, W, mean, noise_variance):
    R = X - mean - Z @ W.T
    constants = (len(mean) + len(W.T)) * np.log(2 * np.pi) + np.log(noise_variance)
    return -0.5 * (constants + np.sum(Z**2, axis=1) + np.sum(R**2, axis=1) / noise_variance)


@misconception(
    says="the square of z lacks its factor 1/2",
    hint="Write down log N(z; 0, 1) for a single z.",
)
def prior_not_halved(X, Z, W, mean, noise_variance):
    R = X - mean - Z @ W.T
    constants = len(W.T) * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * (constants + np.sum(R**2, axis=1) / noise_variance) - np.sum(Z**2, axis=1)


@misconception(
    says="the squared distance is divided by σ⁴: noise_variance is the variance already, and the square is one of the distance",
    hint="In (x − m)² / (2v), is v squared, or the distance?",
)
def distance_over_variance_squared(X, Z, W, mean, noise_variance):
    R = X - mean - Z @ W.T
    constants = len(W.T) * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * (constants + np.sum(Z**2, axis=1) + np.sum(R**2, axis=1) / noise_variance**2)


@misconception(
    says="you subtract log p(z) where it should be added: a product becomes a sum",
    hint="Let z grow, with x on top of Wz + mean. Should the pair become more or less probable?",
)
def prior_subtracted(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    likelihood = -0.5 * ((residuals**2).sum(axis=1) / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    return likelihood + 0.5 * ((Z**2).sum(axis=1) + Z.shape[1] * np.log(2 * np.pi))


@misconception(
    says="log σ² lacks its factor 1/2: the density divides by σ, the root of noise_variance",
    hint="Write down log N(x; m, v) for a single x. What is the factor of log v?",
)
def log_noise_not_halved(X, Z, W, mean, noise_variance):
    R = X - mean - Z @ W.T
    constants = (len(mean) + len(W.T)) * np.log(2 * np.pi) + 2 * len(mean) * np.log(noise_variance)
    return -0.5 * (constants + np.sum(Z**2, axis=1) + np.sum(R**2, axis=1) / noise_variance)


@misconception(
    says="you replace a small noise_variance by a larger number; the formula holds for every noise_variance above 0",
    hint="What is the smallest variance that your code allows? If x is in metres and the noise is about a millimetre, how large is noise_variance?",
    least=(1e-2, 1e-3, 1e-4, 1e-5, 1e-7, 1e-8),
)
def keeps_the_noise_large(X, Z, W, mean, noise_variance, least=1e-6):
    noise_variance = max(noise_variance, least)
    residuals = X - mean - Z @ W.T
    constants = Z.shape[1] * np.log(2 * np.pi) + len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constants)
