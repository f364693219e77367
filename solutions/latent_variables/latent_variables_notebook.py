# %% [markdown]
# # Latent variables: see what you wrote
#
# Your functions live in `latent_variables.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a
# cell here: before every cell the file is checked for changes, and loaded again if there are any. Nothing has to be imported and no kernel has to be
# restarted. If the file cannot be loaded (a bracket is missing, say), the line is shown, and no check passes until it can.
#
# The functions are yours, the plotting code is given. A figure that needs a function you have not written yet says so.
#
# The text here is about what the figures show. What each function must do, and how to keep it from underflowing, is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import norm
from sklearn.datasets import load_digits

from autograder.doors.notebook import BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, Homework

homework = Homework("latent_variables", globals())
grader = homework.grader

# %% [markdown]
# ## 1. The model in three steps
#
# Behind each $x$ that we see there is a $z$ that we never see. First $z$ is drawn, then the place $Wz + \mu$ where it leads, then some noise.

# %%
grader.check("sample")

# %% [markdown]
# Three hundred examples of your `sample`, with one latent variable $z$ and two visible ones. The colour is $z$: it is known here because we made the data.

# %%
with homework.figure():
    W, mean = np.array([[2.0], [1.0]]), np.array([3.0, 2.0])
    X, Z = map(np.asarray, sample(300, W, mean, 0.15, np.random.default_rng(0)))
    places = Z @ W.T + mean

    fig, panels = plt.subplots(1, 3, figsize=(12, 3.8), width_ratios=[1, 1.25, 1.25])
    z = np.linspace(-3.5, 3.5, 200)
    panels[0].hist(Z[:, 0], 25, density=True, color="0.8")
    panels[0].plot(z, norm.pdf(z), color=BLUE, linewidth=2, label="N(0, 1)")
    panels[0].set(title="Draw z", xlabel="hidden z", ylabel="density")
    panels[0].legend(loc="upper right")
    for ax, points, title in ((panels[1], places, "Go to Wz + μ"), (panels[2], X, "Add noise: x")):
        shown = ax.scatter(*points.T, c=Z[:, 0], s=12)
        ax.set(title=title, xlabel="$x_1$", ylabel="$x_2$", xlim=(-4.5, 10), ylim=(-2.5, 6.5))
    fig.colorbar(shown, label="hidden z")

# %% [markdown]
# **What do you see?** A line in the plane, and a cloud around it. In the cloud $x_1$ and $x_2$ are strongly correlated, though neither acts on the
# other and their noises are independent: they go together *because* they share $z$. Naive Bayes had to assume that away.
#
# Now take the colours away, as in real life. Could you still guess the $z$ of a point? How exactly?

# %%
grader.check("log_joint")

# %%
grader.check("log_marginal_likelihood")

# %%
grader.check("latent_posterior")

# %% [markdown]
# ## 2. The two hard things, seen
#
# One latent variable, one visible: $x = 1.5\,z + \varepsilon$ with variance 1 of the noise. We have observed three values of $x$. On the left, $p(x, z)$ as a function of $z$, by your
# `log_joint`: all the ways in which that $x$ could have been generated. The area under each curve is summed up on a grid and printed beside the number that your
# `log_marginal_likelihood` gives without any grid. On the right is your `latent_posterior`.

# %%
with homework.figure():
    W, mean, noise_variance = np.array([[1.5]]), np.array([0.0]), 1.0
    X = np.array([[-3.0], [0.5], [2.0]])
    z = np.linspace(-5, 5, 1001)
    exact = np.asarray(log_marginal_likelihood(X, W, mean, noise_variance))
    centres, covariance = map(np.asarray, latent_posterior(X, W, mean, noise_variance))

    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    print("      x   area on a grid   exp(log p(x))")
    for i, (colour, style) in enumerate(((BLUE, "--"), (VERMILION, "-"), (GREEN, "-."))):
        joint = np.exp(log_joint(np.repeat(X[i : i + 1], len(z), axis=0), z[:, None], W, mean, noise_variance))
        print(f"{X[i, 0]:7.1f} {np.trapezoid(joint, z):16.6f} {np.exp(exact[i]):15.6f}")
        left.plot(z, joint, style, color=colour, label=f"x = {X[i, 0]:g}".replace("-", "−"))
        left.fill_between(z, joint, color=colour, alpha=0.15)
        right.plot(z, norm.pdf(z, centres[i, 0], np.sqrt(covariance[0, 0])), style, color=colour)
    right.plot(z, norm.pdf(z), ":", color=BLACK, linewidth=2, label="prior p(z)")
    left.set(title="The joint p(x, z): its area is p(x)", xlabel="hidden z", ylabel="density")
    right.set(title="Divided by its area: the posterior p(z | x)", xlabel="hidden z", ylabel="density")
    left.legend()
    right.legend()

# %% [markdown]
# **What do you see?** The two columns of numbers agree. An unusual $x$ has a small area: few ways lead to it. After division all three curves have the same
# width (why?), and it is smaller than the prior's: each observation teaches the same amount about $z$. And the posterior of $x = 2$ is not centred at
# $2 / 1.5$ but closer to 0. The prior moves it towards 0, as it moved $\theta$ in logistic regression.
#
# Why not always sum on a grid? It took 1,001 points for one latent variable. For ten it would take $1001^{10} \approx 10^{30}$.

# %% [markdown]
# ## 3. Handwriting from a hidden z
#
# Real data: digits of 8 × 8 pixels, 64 visible numbers. For this model the best $W$, $\mu$ and $\sigma^2$ have a formula as well (Tipping & Bishop, 1999), which is given
# here: the principal components, each shortened by the noise.

# %%
digits = load_digits()
order = np.random.default_rng(0).permutation(len(digits.data))
X_digits, y_digits = digits.data[order], digits.target[order]


def principal_model(X, q):
    """The maximum-likelihood W (d, q), mean (d,) and noise_variance of probabilistic PCA for the examples X (n, d)."""
    mean = X.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(X.T, bias=True))  # in rising order
    noise_variance = values[:-q].mean()
    return vectors[:, -q:] * np.sqrt(np.maximum(values[-q:] - noise_variance, 0)), mean, noise_variance


def draw_digits(ax, images, title):
    """A sheet of 8 x 8 images: rows x columns x 64 numbers."""
    rows, columns = images.shape[:2]
    sheet = np.pad(images.reshape(rows, columns, 8, 8), [(0, 0), (0, 0), (1, 0), (1, 0)])
    ax.imshow(sheet.transpose(0, 2, 1, 3).reshape(rows * 9, columns * 9), cmap="gray_r", vmin=0, vmax=16)
    ax.set(title=title, xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)


# %% [markdown]
# First a single kind of digit. From the left: threes written by people; threes in which each pixel is drawn independently, with the mean and the variance that it
# has in threes, which is naive Bayes; the $x$ of your `sample` with twelve latent variables; and its $Wz + \mu$, the same before the noise.

# %%
with homework.figure():
    rng = np.random.default_rng(1)
    threes = X_digits[y_digits == 3]
    naive = rng.normal(threes.mean(axis=0), threes.std(axis=0), (20, 64))
    W, mean, noise_variance = principal_model(threes, 12)
    X, Z = map(np.asarray, sample(20, W, mean, noise_variance, rng))

    fig, panels = plt.subplots(1, 4, figsize=(11, 3.9))
    sheets = {"written by people": threes[:20], "independent pixels": naive, "sampled x": X, "Wz + μ": Z @ W.T + mean}
    for ax, (title, images) in zip(panels, sheets.items()):
        draw_digits(ax, images.reshape(5, 4, 64), title)

# %% [markdown]
# **What do you see?** Independent pixels have the right grey each, and no strokes. With a $z$, pixels move together, since they share it:
# before the noise the strokes are whole, thicker or thinner, slanted this way or that. What the twelve numbers cannot say is left to the noise, the same in every pixel, the always
# white ones too. And what blurs some of the threes on the right is that all is linear: a mean of two good threes need not be a good three. A network in the place of $Wz$ is not linear.
#
# Now all ten kinds, with only two latent variables, so that we can look at $z$. For each image the mean of your `latent_posterior` is the place where its digit is
# printed. The model did not get the labels.

# %%
with homework.figure():
    W, mean, noise_variance = principal_model(X_digits, 2)
    centres, covariance = map(np.asarray, latent_posterior(X_digits[:700], W, mean, noise_variance))

    fig, ax = plt.subplots(figsize=(8, 6.5))
    colours = [BLACK, VERMILION, BLUE, GREEN, PURPLE, "0.55", ORANGE, SKY, "#7F3C00", "#332288"]
    for (a, b), label in zip(centres, y_digits):
        ax.text(a, b, str(label), color=colours[label], fontsize=9, ha="center", va="center")
    turn = np.linspace(0, 2 * np.pi, 100)
    ring = np.linalg.cholesky(covariance) @ np.stack([np.cos(turn), np.sin(turn)])
    ax.plot(-1.9 + ring[0], -1.7 + ring[1], color=BLACK, solid_capstyle="butt")
    ax.text(-1.9, -2.2, "how exactly z is known\n(one standard deviation)", ha="center", va="center", fontsize=9)
    ax.set(title="700 digits, each at the posterior mean of its z", xlabel="hidden $z_1$", ylabel="hidden $z_2$")
    ax.set(xlim=(-2.7, 2.5), ylim=(-2.5, 2.5), aspect="equal")

# %% [markdown]
# **What do you see?** Kinds of digits gather, though nobody named them: that is what a *representation* is. Which digits lie on top of each other? Would you
# mix them up as well? The ring has the same size for every image. It is smaller than the whole cloud, and yet not small: 64 pixels are not enough to say exactly where an image belongs.
#
# How many latent variables should there be? An exact $p(x)$ can answer that. We fit on 80 images only, and ask your `log_marginal_likelihood` about these, and about 1,000 others. Bars are standard errors of the mean.

# %%
with homework.figure():
    numbers = [1, 2, 4, 8, 12, 16, 24, 32, 40, 48]
    models = [principal_model(X_digits[:80], q) for q in numbers]
    fig, ax = plt.subplots()
    for rows, label, marker, colour in (
        (slice(0, 80), "80 images fitted on", "o", BLUE),
        (slice(80, 1080), "1,000 others", "s", VERMILION),
    ):
        each = np.array([log_marginal_likelihood(X_digits[rows], *model) for model in models])
        heights, errors = each.mean(axis=1), each.std(axis=1, ddof=1) / np.sqrt(each.shape[1])
        ax.errorbar(numbers, heights, errors, marker=marker, color=colour, capsize=2, label=label)
        best = int(np.argmax(heights))
    ax.axvline(numbers[best], color=VERMILION, linewidth=1, linestyle=":")
    ax.set(title="How many latent variables?", xlabel="latent variables q", ylabel="mean log p(x) (nats per image)")
    ax.set_ylim(-205, -95)
    ax.legend()

# %% [markdown]
# **What do you see?** What was fitted is always fitted better with more latent variables; the others say where to stop. It is the trade-off between fit and simplicity again,
# now without any labels.

# %% [markdown]
# ## 4. Without the formula: drawing
#
# With a network in the place of $W$ the integral cannot be done. But $p(x)$ is an average over the prior, and an average can be estimated: draw many $z$, see how well each explains $x$.

# %%
grader.check("monte_carlo_log_marginal")

# %% [markdown]
# Three models with a random $W$, fifteen examples of each. On the left is the error of your `monte_carlo_log_marginal` (root mean square, against the exact value) for more and
# more draws. On the right, for the model in the middle, is each single error.

# %%
with homework.figure():
    draws = [10, 30, 100, 300, 1_000, 3_000, 10_000]
    cases = {(5, 2, 0.5): (BLUE, "o"), (10, 3, 0.1): (GREEN, "^"), (20, 10, 0.1): (VERMILION, "s")}
    errors = {}
    for d, q, noise_variance in cases:
        rng = np.random.default_rng(1)
        model = (rng.normal(size=(d, q)), np.zeros(d), noise_variance)
        X = np.asarray(sample(15, *model, rng)[0])
        exact = np.asarray(log_marginal_likelihood(X, *model))
        tries = [[monte_carlo_log_marginal(X, *model, n, rng) for _ in range(3)] for n in draws]
        errors[d, q, noise_variance] = (np.asarray(tries) - exact).reshape(len(draws), -1)

    fig, (left, right) = plt.subplots(1, 2, figsize=(11.5, 4.2))
    for (d, q, v), (colour, marker) in cases.items():
        size = np.sqrt(np.mean(errors[d, q, v] ** 2, axis=1))
        left.loglog(draws, size, marker=marker, color=colour, label=f"d = {d}, q = {q}, σ² = {v:g}")
    first = np.sqrt(np.mean(errors[5, 2, 0.5][2] ** 2))
    left.loglog(draws, first * np.sqrt(100 / np.array(draws)), ":", color=BLACK, label="slope −1/2")
    left.set(title="Error of the estimate", xlabel="draws of z", ylabel="error of log p(x) (nats, root mean square)")
    left.set_ylim(1e-2, 1e5)
    left.legend(loc="upper right")
    jitter = np.exp(np.random.default_rng(0).uniform(-0.25, 0.25, errors[10, 3, 0.1].shape))
    right.semilogx(np.array(draws)[:, None] * jitter, errors[10, 3, 0.1], ".", color=GREEN, alpha=0.6)
    right.axhline(0, color=BLACK, linewidth=1)
    right.set_yscale("symlog", linthresh=1)
    right.set(title="Each error, d = 10, q = 3, σ² = 0.1", xlabel="draws of z", ylabel="estimate − log p(x) (nats)")
    right.set_yticks([-100, -10, -1, 0, 1, 10], labels=["−100", "−10", "−1", "0", "1", "10"])

# %% [markdown]
# **What do you see?** With two latent variables all is well: a hundred times the draws, about a tenth of the error. That is the slope of −1/2 of every Monte Carlo estimate. With ten hidden
# numbers the error is a hundred nats after ten thousand draws: a factor of $e^{100}$ in $p(x)$. The law still holds, but only for more draws than anyone can make.
#
# The right side shows how it fails: nearly always far too *low*. The rare $z$ that could have made this $x$ were not among the draws; when one is, the estimate jumps up.
# One must know where to look.

# %% [markdown]
# ## 5. Draw where it matters
#
# Draw $z$ from a guess $q(z)$ instead of the prior, and weight each draw by $p(x, z) / q(z)$. How good must the guess be?

# %%
grader.check("importance_log_marginal")

# %% [markdown]
# The green model of the last figure, $d = 10$ and $q = 3$. Each guess is made from your `latent_posterior`: its standard deviations are multiplied by a factor, or its mean is moved. On the left is the error of
# your `importance_log_marginal` for more and more draws. On the right the factor varies, with 100 draws. Whiskers reach from the lower to the upper quartile over 60 estimates.

# %%
with homework.figure():
    rng = np.random.default_rng(1)
    model = (rng.normal(size=(10, 3)), np.zeros(10), 0.1)
    X = np.asarray(sample(15, *model, rng)[0])
    exact = np.asarray(log_marginal_likelihood(X, *model))
    centres, covariance = map(np.asarray, latent_posterior(X, *model))
    aside = np.linalg.cholesky(covariance) @ np.ones(3)

    def importance_errors(factor, moved, n):
        """Absolute errors of four estimates of each row."""
        guess = (centres + moved * aside, factor**2 * covariance)
        tries = [np.asarray(importance_log_marginal(X, *guess, *model, n, rng)) for _ in range(4)]
        return np.abs(np.asarray(tries) - exact).ravel()

    def with_whiskers(ax, places, errors, **style):
        """Medians, with whiskers from quartile to quartile."""
        low, middle, high = np.percentile(errors, [25, 50, 75], axis=1)
        ax.errorbar(places, middle, yerr=[middle - low, high - middle], capsize=3, **style)

    draws, factors = [1, 10, 100, 1_000, 10_000], [0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 8.0]
    guesses = {
        "twice as wide as the posterior": (2.0, 0.0, BLUE, "o"),
        "half as wide": (0.5, 0.0, VERMILION, "s"),
        "two standard deviations off": (1.0, 2.0, GREEN, "^"),
    }
    fig, (left, right) = plt.subplots(1, 2, figsize=(11.5, 4.2))
    for label, (factor, moved, colour, marker) in guesses.items():
        errors = [importance_errors(factor, moved, n) for n in draws]
        with_whiskers(left, draws, errors, color=colour, marker=marker, label=label)
    prior = [
        np.abs([np.asarray(monte_carlo_log_marginal(X, *model, n, rng)) - exact for _ in range(4)]).ravel()
        for n in draws
    ]
    with_whiskers(left, draws, prior, color=BLACK, marker="x", linestyle=":", label="the prior")
    left.set(title="Error of the estimate", xlabel="draws of z", ylabel="absolute error of log p(x) (nats)")
    left.set(xscale="log", yscale="log", ylim=(1e-3, 3e3))
    left.legend(loc="upper right")
    with_whiskers(right, factors, [importance_errors(f, 0.0, 100) for f in factors], color=BLUE, marker="o")
    at_posterior = importance_errors(1.0, 0.0, 100).max()
    right.set(title="100 draws", xlabel="width of the guess / width of the posterior", ylabel="absolute error (nats)")
    right.set(xscale="log")
    right.set_yscale("symlog", linthresh=0.01)
    right.set_ylim(-0.002, 10)
    right.set_yticks([0, 0.01, 0.1, 1, 10], labels=["0", "0.01", "0.1", "1", "10"])
    right.set_xticks([0.25, 0.5, 1, 2, 4, 8], labels=["1/4", "1/2", "1", "2", "4", "8"])
    right.set_xticks([], minor=True)
    print(f"largest error at the posterior itself: {at_posterior:.0e}")

# %% [markdown]
# **What do you see?** On the right the error falls to nothing where the guess is the posterior: there every weight is $p(x)$, and no randomness is left. It rises faster to the left, where the guess is too narrow, than to the
# right; on the left, more draws hardly help such a guess. (Look at the weights: what is $p(x, z) / q(z)$ far out, where $q$ is almost 0?) And even a wide or misplaced guess beats the prior by far, while draws are few.
#
# So all depends on the guess. How to find a good one, if the posterior has no formula?

# %% [markdown]
# ## 6. Without the formula: a bound
#
# The last question turns the search into a maximisation. Guess a posterior $q(z)$; the ELBO says how good the guess is, and needs the joint only.

# %%
grader.check("elbo")

# %% [markdown]
# The model of section 2 again, with $x = 2$ observed. The guess is a Gaussian with a mean and a standard deviation. On the left the mean of the guess is moved, for three standard
# deviations; on the right the standard deviation, for three means. The thick line is your `log_marginal_likelihood`, the star is your `latent_posterior`.

# %%
with homework.figure():
    W, mean, noise_variance = np.array([[1.5]]), np.array([0.0]), 1.0
    X = np.array([[2.0]])
    exact = np.asarray(log_marginal_likelihood(X, W, mean, noise_variance))[0]
    centres, covariance = map(np.asarray, latent_posterior(X, W, mean, noise_variance))
    best_mean, best_sd = centres[0, 0], np.sqrt(covariance[0, 0])

    def bound(q_mean, q_sd):
        """The elbo of one guess."""
        return np.asarray(elbo(X, np.array([[q_mean]]), np.array([[q_sd**2]]), W, mean, noise_variance))[0]

    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), sharey=True)
    q_means, q_sds = np.linspace(-0.5, 2.5, 61), np.geomspace(0.1, 2, 61)
    styles = ((BLUE, "-"), (GREEN, "--"), (PURPLE, "-."))
    for sd, (colour, style) in zip((best_sd, 1.0, 0.25), styles):
        left.plot(q_means, [bound(m, sd) for m in q_means], style, color=colour, label=f"sd {sd:.2f}")
    for m, (colour, style) in zip((best_mean, 0.5, 0.0), styles):
        right.plot(q_sds, [bound(m, sd) for sd in q_sds], style, color=colour, label=f"mean {m:.2f}")
    for ax, best in ((left, best_mean), (right, best_sd)):
        ax.axhline(exact, color=BLACK, linewidth=2.5, zorder=1)
        ax.plot(best, exact, "*", color=VERMILION, markersize=17, markeredgecolor="white", zorder=4)
        ax.set_ylim(exact - 5, exact + 0.4)
    left.set(title="Move the mean of the guess", xlabel="mean of q(z)", ylabel="ELBO (nats)")
    right.set(title="Move its standard deviation", xlabel="standard deviation of q(z) (logarithmic axis)", xscale="log")
    right.set_xticks([0.1, 0.2, 0.5, 1, 2], labels=["0.1", "0.2", "0.5", "1", "2"])
    right.set_xticks([], minor=True)
    left.text(q_means[0], exact + 0.1, "log p(x)")
    for ax in (left, right):
        ax.legend(title="guess with", loc="lower center")

# %% [markdown]
# **What do you see?** No curve ever crosses the line, and only one guess of all touches it: the posterior. The gap below the line is the divergence of the guess from the posterior.
# So maximising the ELBO solves both hard problems at once, with no integral: the maximum is at the posterior, and its value is $\log p(x)$.
#
# Here the ELBO is smooth and has no other local maximum. A variational autoencoder maximises it with a network that guesses $q$ from $x$, for all images at once, and improves the decoder with the same
# steps.

# %% [markdown]
# Now guess yourself. With ipywidgets, move the mean and the standard deviation of $q(z)$ until the ELBO reaches $\log p(x)$.


# %%
@homework.sliders(q_mean=("mean of q(z)", -1, 3, 0.2), q_sd=("its standard deviation", 0.1, 2, 1.0))
def guess(q_mean, q_sd):
    W, mean, noise_variance, X = np.array([[1.5]]), np.array([0.0]), 1.0, np.array([[2.0]])
    exact = np.asarray(log_marginal_likelihood(X, W, mean, noise_variance))[0]
    reached = np.asarray(elbo(X, np.array([[q_mean]]), np.array([[q_sd**2]]), W, mean, noise_variance))[0]
    centres, covariance = map(np.asarray, latent_posterior(X, W, mean, noise_variance))

    fig, ax = plt.subplots(figsize=(7, 4))
    z = np.linspace(-3, 5, 400)
    ax.plot(z, norm.pdf(z, centres[0, 0], np.sqrt(covariance[0, 0])), color=VERMILION, label="posterior p(z | x)")
    ax.plot(z, norm.pdf(z, q_mean, q_sd), "--", color=BLUE, linewidth=2, label="guess q(z)")
    title = f"log p(x) = −{-exact:.3f}, ELBO = −{-reached:.3f}: {exact - reached:.3f} nats apart"
    ax.set(title=title, xlabel="z", ylabel="density")
    ax.legend()


# %% [markdown]
# ## 7. Written questions
#
# These two are read by a person and carry no points here.
#
# **(a) Derive.** For one hidden and one visible number ($W = w$, $\mu = 0$), complete the square in $\log p(z) + \log p(x \mid z)$ and find mean and variance of the posterior. What becomes of both
# for $\sigma^2 \to 0$ and for $\sigma^2 \to \infty$?

# %% [markdown]
# *Your answer:*

# %% [markdown]
# **(b) Explain the gap.** In section 4 the error with ten latent variables was a hundred nats after ten thousand draws. Each latent variable is known to a standard deviation of about 0.1 after seeing $x$.
# Roughly what proportion of the prior's draws then falls where the posterior is, and how many draws would it take? Why does the ELBO not have this difficulty, and what does it ask for instead?

# %% [markdown]
# *Your answer:*
