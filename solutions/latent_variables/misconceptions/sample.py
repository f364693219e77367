"""Known wrong answers to sample."""

from autograder.checks import misconception, not_from_rng


@misconception(
    says="your noise has standard deviation noise_variance; noise_variance should be its variance",
    hint="rng.normal takes a scale, which is a standard deviation. How do you get it from a variance?",
)
def variance_as_deviation(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    return Z @ W.T + mean + noise_variance * rng.normal(size=(n, d)), Z


@misconception(
    says="your examples have no noise; x is Wz + mean plus noise",
    hint="Compute x - Wz - mean for what you return: what should its variance be?",
)
def no_noise(n, W, mean, noise_variance, rng):
    Z = rng.normal(size=(n, W.shape[1]))
    return Z @ W.T + mean, Z


@misconception(
    says="your examples are centred at 0; they are centred at mean",
    hint="Which of the three terms of x = Wz + mean + e is missing from your code?",
)
def no_mean(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    return Z @ W.T + np.sqrt(noise_variance) * rng.normal(size=(n, d)), Z


@misconception(
    says="all your examples share one z; each has a z of its own",
    hint="How many latent variables are needed for n examples with q of them each?",
)
def one_z_for_all(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = np.tile(rng.normal(size=q), (n, 1))
    return Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, d)), Z


@misconception(
    says="your noise is one number per example, added to all its features; every feature has noise of its own",
    hint="The covariance of the noise is noise_variance times the identity. What does the 0 off its diagonal say?",
)
def one_noise_per_example(n, W, mean, noise_variance, rng):
    Z = rng.normal(size=(n, W.shape[1]))
    return Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, 1)), Z


@misconception(
    says="all your examples share the same noise; every example has noise of its own",
    hint="What is the shape of your noise, and what does broadcasting do with it?",
)
def one_noise_for_all(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    return Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=d), Z


@misconception(
    says="your function makes its own generator with a fixed seed; it should draw from rng",
    hint="Call it twice with the same rng: should the second set of examples be the first one again?",
)
def generator_of_its_own(n, W, mean, noise_variance, rng):
    rng = np.random.default_rng(0)
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    return Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, d)), Z


@misconception(
    says="your z is uniform between 0 and 1; it should be standard normal",
    hint="rng.random and rng.standard_normal are different distributions: look at their means.",
)
def uniform_z(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.random(size=(n, q))
    return Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, d)), Z


@misconception(
    says="the Z you return is not the one that made X",
    hint="Do you draw z once and use it twice, or draw it twice?",
)
def another_z(n, W, mean, noise_variance, rng):
    d, q = W.shape
    X = rng.normal(size=(n, q)) @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, d))
    return X, rng.normal(size=(n, q))


@misconception(
    says="you return Z before X; the contract says (X, Z)",
    hint="Look at the order of the tuple in the docstring.",
)
def swapped(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    X = Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, d))
    return Z, X


@misconception(
    says="you add the noise to z, before the linear map; it belongs to x, after it",
    hint="How long is e: q numbers or d? Noise that went through W has the covariance noise_variance WWᵀ.",
)
def noise_in_the_hidden_space(n, W, mean, noise_variance, rng):
    Z = rng.normal(size=(n, W.shape[1]))
    return (Z + np.sqrt(noise_variance) * rng.normal(size=Z.shape)) @ W.T + mean, Z


@misconception(
    says="your noise is uniform; it should be normal",
    hint="A uniform number with the right variance has no tails. Which method of rng draws normal numbers?",
)
def uniform_noise(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    half_width = np.sqrt(3 * noise_variance)
    return Z @ W.T + mean + rng.uniform(-half_width, half_width, size=(n, d)), Z


@misconception(
    says="you draw from a global generator; the argument rng is not used",
    hint="np.random.normal(...) and rng.normal(...) are different generators. Whose seed does the caller know?",
    behaviour=not_from_rng,
)
def global_generator(n, W, mean, noise_variance, rng):
    Z = np.random.normal(size=(n, W.shape[1]))
    noise = np.random.normal(size=(n, len(mean))) * np.sqrt(noise_variance)
    return Z @ W.T + mean + noise, Z


@misconception(
    says="the variance of your noise is off by a tenth, or too small",
    hint="Draw 20,000 examples and compare the variance of x − Wz − mean with noise_variance. What do you multiply by?",
    factor=(1.1, 0.9),
)
def noise_a_tenth_off(n, W, mean, noise_variance, rng, factor=1.1):
    Z = rng.normal(size=(n, W.shape[1]))
    return Z @ W.T + mean + np.sqrt(factor * noise_variance) * rng.normal(size=(n, W.shape[0])), Z


@misconception(
    says="you draw some examples and repeat them until there are n",
    hint="How many random numbers do n examples need? Do any of your rows occur twice?",
)
def repeats_a_block(n, W, mean, noise_variance, rng):
    size = min(n, 200)
    Z = rng.normal(size=(size, W.shape[1]))
    X = Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(size, W.shape[0]))
    rows = np.arange(n) % size
    return X[rows], Z[rows]


@misconception(
    says="you standardise your draws: their mean is exactly 0, so that the last example follows from the others",
    hint="The mean of n draws from N(0, 1) is near 0, but not 0. Draw, and leave the numbers as they are.",
    what=(1, 2),
)
def standardises_the_draws(n, W, mean, noise_variance, rng, what=0):
    def standardised(draws):
        return (draws - draws.mean(axis=0)) / draws.std(axis=0) if n > 1 else draws

    Z, noise = rng.normal(size=(n, W.shape[1])), rng.normal(size=(n, len(mean)))
    Z, noise = standardised(Z) if what < 2 else Z, standardised(noise) if what else noise
    return Z @ W.T + mean + np.sqrt(noise_variance) * noise, Z


@misconception(
    says="each of your z serves several examples; each example has a z of its own",
    hint="How many different rows does your Z have? Look for repeat, tile and // in your code.",
    times=(3, 5, 10),
)
def z_serves_several(n, W, mean, noise_variance, rng, times=2):
    Z = np.repeat(rng.normal(size=(-(-n // times), W.shape[1])), times, axis=0)[:n]
    return Z @ W.T + mean + np.sqrt(noise_variance) * rng.normal(size=(n, len(mean))), Z
