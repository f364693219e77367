"""Known wrong answers to monte_carlo_log_marginal."""

from autograder.checks import TINY, misconception, not_from_rng


@misconception(
    says="you average the logarithms; the logarithm of the average is asked for",
    hint="p(x) is a mean of densities. By Jensen's inequality a mean of logarithms is too small.",
)
def mean_of_logarithms(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    return log_p.mean(axis=1)


@misconception(
    says="you compute the densities themselves: far away they are all 0, and the result is −inf",
    hint="exp(a) underflows below a = -745. What can you take out of the sum before exp, and add after the logarithm?",
)
def underflow(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    return np.log(np.exp(log_p).mean(axis=1))


@misconception(
    says="you add up the densities and do not divide by n_samples",
    hint="Twice as many samples must not double the estimate of p(x).",
)
def sum_for_mean(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).sum(axis=1))


@misconception(
    says="you subtract one maximum for all rows: rows much less likely than the best one underflow",
    hint="Each row needs a maximum of its own. Over which axis do you take it?",
)
def one_maximum(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    return log_p.max() + np.log(np.exp(log_p - log_p.max()).mean(axis=1))


@misconception(
    says="your function makes its own generator with a fixed seed; it should draw from rng",
    hint="Call it twice with the same rng: the two estimates should differ.",
)
def generator_of_its_own(X, W, mean, noise_variance, n_samples, rng):
    centres = np.random.default_rng(0).normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you draw z from the posterior; a plain average of p(x | z) needs z from the prior",
    hint="p(x) is the integral of p(x | z) p(z) dz. Which of the two is the density that is averaged over?",
)
def posterior_draws(X, W, mean, noise_variance, n_samples, rng):
    covariance = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / noise_variance)
    root = np.linalg.cholesky(covariance)
    values = []
    for x in X:
        Z = rng.normal(size=(n_samples, W.shape[1])) @ root.T + covariance @ W.T @ (x - mean) / noise_variance
        squares = ((x - mean - Z @ W.T) ** 2).sum(axis=1)
        log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
        values.append(log_p.max() + np.log(np.exp(log_p - log_p.max()).mean()))
    return np.array(values)


@misconception(
    says="you average the joint density: the prior is counted twice, once by drawing from it and once as a factor",
    hint="Which density of p(x | z) p(z) is already there when z comes from the prior?",
)
def prior_twice(X, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    squares = ((X[:, None, :] - Z @ W.T - mean) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    log_p = log_p - 0.5 * ((Z**2).sum(axis=1) + W.shape[1] * np.log(2 * np.pi))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you always draw 1000 samples, whatever n_samples says",
    hint="Where does n_samples occur in your code?",
)
def a_thousand_samples(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(1000, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you add noise to the centres Wz + mean; the density p(x | z) has the noise in it already",
    hint="Only z is drawn. Where does noise_variance enter p(x | z)?",
)
def noisy_centres(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    centres = centres + np.sqrt(noise_variance) * rng.normal(size=centres.shape)
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you return the largest of the densities; their mean is asked for",
    hint="The maximum is what one subtracts for stability. Is the rest of the sum still there?",
    divided=(True,),
)
def best_sample(X, W, mean, noise_variance, n_samples, rng, divided=False):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    return log_p.max(axis=1) - (np.log(n_samples) if divided else 0.0)


@misconception(
    says="you return the exact value; an estimate from n_samples draws of rng is asked for",
    hint="This is practice for models whose integral has no formula. What would you do without one?",
)
def exact_value(X, W, mean, noise_variance, n_samples, rng):
    return log_marginal_likelihood(X, W, mean, noise_variance)


@misconception(
    says="you square noise_variance, as if it were a standard deviation",
    hint="noise_variance is σ² already. Where does p(x | z) have σ²?",
)
def variance_squared(X, W, mean, noise_variance, n_samples, rng):
    variance = noise_variance**2
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / variance + len(mean) * np.log(2 * np.pi * variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you draw z uniformly between 0 and 1; the prior is N(0, I)",
    hint="rng.random and rng.standard_normal are different distributions.",
)
def uniform_draws(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.random(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you subtract the mean from the caller's X: after the call it is centred",
    hint="Does `X -= mean` make a new array, or change the one that was passed in?",
)
def data_changed(X, W, mean, noise_variance, n_samples, rng):
    X -= mean
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))


@misconception(
    says="you draw from a global generator; the argument rng is not used",
    hint="np.random.normal(...) and rng.normal(...) are different generators. Whose seed does the caller know?",
    behaviour=not_from_rng,
)
def global_generator(X, W, mean, noise_variance, n_samples, rng):
    Z = np.random.normal(size=(n_samples, W.shape[1]))
    squares = ((X[:, None] - Z @ W.T - mean) ** 2).sum(axis=2)
    logs = -(squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance)) / 2
    largest = logs.max(axis=1)
    return largest + np.log(np.exp(logs - largest[:, None]).mean(axis=1))


@misconception(
    says="you add a small number inside the logarithm: where every p(x | z) underflows you return the logarithm of that number",
    hint="How low can log p(x) be for an x far from the mean? What can you take out of each row's sum before exp?",
    epsilon=TINY,
)
def epsilon_inside_the_logarithm(X, W, mean, noise_variance, n_samples, rng, epsilon=1e-12):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    squares = np.sum((X[:, None] - mean - Z @ W.T) ** 2, axis=2)
    a = -0.5 * (len(mean) * np.log(2 * np.pi * noise_variance) + squares / noise_variance)
    return np.log(np.mean(np.exp(a), axis=1) + epsilon)


@misconception(
    says="you take the median of the densities; p(x) is their mean",
    hint="Most z explain x badly, and a few explain it well. Which of the two averages sees the few?",
)
def median_of_the_densities(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.median(np.exp(log_p - largest), axis=1))


@misconception(
    says="you divide the sum of the densities by the number of rows; it has one term per sample",
    hint="Over what do you sum, and how many terms are there?",
)
def divides_by_the_rows(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).sum(axis=1) / len(X))


@misconception(
    says="you divide by n_samples − 1; the mean of S numbers is their sum divided by S",
    hint="n − 1 belongs to an estimate of a variance. What is the mean of two equal numbers?",
    fewest=(1,),
)
def divides_by_one_less(X, W, mean, noise_variance, n_samples, rng, fewest=0):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    squares = ((X[:, None, :] - centres) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).sum(axis=1) / max(n_samples - 1, fewest))


@misconception(
    says="you standardise the draws of z: for two samples they are always 1 and −1",
    hint="The mean of S draws is near 0, but not 0. What does your estimate for n_samples = 2 depend on?",
)
def standardises_the_draws(X, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    if n_samples > 1:
        Z = (Z - Z.mean(axis=0)) / Z.std(axis=0)
    squares = ((X[:, None, :] - Z @ W.T - mean) ** 2).sum(axis=2)
    log_p = -0.5 * (squares / noise_variance + len(mean) * np.log(2 * np.pi * noise_variance))
    largest = log_p.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(log_p - largest).mean(axis=1))
