# %% [markdown]
# # Softmax regression: see what you wrote
#
# Your functions live in `softmax_regression.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a
# cell here: before every cell the file is checked for changes, and loaded again if there are any. Nothing has to be imported and no kernel has to be
# restarted. If the file cannot be loaded (a bracket is missing, say), the line is shown, and no check passes until it can.
#
# The functions are yours, the plotting code is given. A figure that needs a function you have not written yet says so.
#
# The text here is about what the figures show. What each function must do, and how to keep it from overflowing, is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits, load_iris

from autograder.doors.notebook import BLACK, BLUE, GREEN, ORANGE, VERMILION, Homework

homework = Homework("softmax_regression", globals())
grader = homework.grader

# %% [markdown]
# ## 1. From scores to probabilities
#
# Every class has a score, which may be any number. Only differences of scores matter.

# %%
grader.check("log_softmax")

# %% [markdown]
# Three classes with the scores $-1$, $0$ and $1$, all multiplied by a factor: on the left the probabilities that come out, exp of your `log_softmax`. On the right are your logarithms for scores so large that the probabilities themselves are 0
# as floats.

# %%
with homework.figure():
    factors = np.linspace(-6, 6, 121)
    probabilities = np.exp(np.asarray(log_softmax(factors[:, None] * np.array([[-1.0, 0.0, 1.0]]))))
    large = np.linspace(-5000, 5000, 101)
    logs = np.asarray(log_softmax(large[:, None] * np.array([[-1.0, 0.0, 1.0]])))

    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for k, (colour, style) in enumerate(((BLUE, "-"), (GREEN, "--"), (VERMILION, "-."))):
        label = ("score $-a$", "score 0", "score $a$")[k]
        left.plot(factors, probabilities[:, k], style, color=colour, label=label)
        right.plot(large, logs[:, k], style, color=colour)
    left.set(title="Probabilities", xlabel="factor $a$", ylabel="probability")
    left.legend()
    right.set(title="Their logarithms", xlabel="factor $a$", ylabel="log-probability (nats)")

# %% [markdown]
# **What do you see?** At $a = 0$ all scores are equal, and so are the probabilities. The larger $|a|$, the more certain the model is: in the limit the class with the largest score has probability 1. That is why the
# function is called softmax, a soft maximum; a language model's *temperature* is $1/a$. The class in the middle never has the largest probability, but for small $|a|$ it is close to it.
#
# On the right nothing is lost: at $a = 5000$ the log-probability of class 0 is $-10\,000$, an ordinary number.

# %%
grader.check("predict_proba")

# %%
grader.check("log_posterior")

# %%
grader.check("gradient")

# %%
grader.check("fit")

# %% [markdown]
# ## 2. Straight boundaries
#
# Fisher's irises: three species, two measurements of their petals, standardised, and a column of ones for an intercept. The weights come from your `fit`; the background shows your `predict_proba`, one colour for each
# species, paler where the model is less certain. At a solid white line two species are equally probable; beyond a dotted one the most probable species has probability 0.9.


# %%
def with_ones(X):
    """X with a column of ones appended: its weight is the intercept."""
    return np.column_stack([X, np.ones(len(X))])


iris = load_iris()
petals = iris.data[:, 2:]
X_iris = with_ones((petals - petals.mean(axis=0)) / petals.std(axis=0))
COLOURS = np.array([[0, 114, 178], [0, 158, 115], [213, 94, 0]]) / 255

with homework.figure():
    a, b = np.meshgrid(np.linspace(-2, 2, 120), np.linspace(-2, 2.2, 120))
    grid = with_ones(np.column_stack([a.ravel(), b.ravel()]))
    fig, panels = plt.subplots(1, 3, figsize=(12, 4.2), sharey=True)
    for ax, precision in zip(panels, (10.0, 0.1, 0.001)):
        Theta = np.asarray(fit(X_iris, iris.target, 3, precision))
        P = np.asarray(predict_proba(grid, Theta))
        ax.imshow(
            (0.35 + 0.65 * (P @ COLOURS)).clip(0, 1).reshape(*a.shape, 3), extent=(-2, 2, -2, 2.2), origin="lower"
        )
        ax.contour(a, b, P.max(axis=1).reshape(a.shape), levels=[0.9], colors="white", linewidths=1, linestyles=":")
        for k, marker in enumerate("o^s"):
            ahead = P[:, k] - np.delete(P, k, axis=1).max(axis=1)
            ax.contour(a, b, ahead.reshape(a.shape), levels=[0], colors="white")
            ax.scatter(
                *X_iris[iris.target == k, :2].T, marker=marker, s=22, color=COLOURS[k], edgecolor="white", linewidth=0.4
            )
        ax.set(title=rf"$\lambda$ = {precision:g}", xlabel="petal length (standardised)", aspect="auto")
        ax.set_xticks(range(-2, 3))
        ax.grid(visible=False)
    panels[0].set_ylabel("petal width (standardised)")
    for k, marker in enumerate("o^s"):
        panels[2].scatter([], [], marker=marker, color=COLOURS[k], edgecolor="white", label=iris.target_names[k])
    panels[2].legend(loc="upper left", frameon=True, labelcolor=BLACK)

# %% [markdown]
# **What do you see?** The boundary between any two species is a straight line, and the three lines meet in one point, where all three are equally probable: on the left it is in view, for weaker priors it is far outside. With a strong prior the model is uncertain nearly everywhere. As it becomes weaker the border to the leftmost species becomes sharp first: a line
# separates it, so only the prior keeps its weights finite. Between the other two, which overlap, some uncertainty remains for every $\lambda$.

# %%
grader.check("predict")

# %% [markdown]
# ## 3. Ten digits
#
# Digits of 8 × 8 pixels again. A class's weights are an image, too: positive where ink makes the digit more probable, negative where it makes it less probable. Each panel is one row of your `fit` of 300 digits.

# %%
digits = load_digits()
pixels = (digits.data - 8) / 8

with homework.figure():
    order = np.random.default_rng(0).permutation(len(pixels))
    seen = order[:300]
    Theta = np.asarray(fit(with_ones(pixels[seen]), digits.target[seen], 10, 1.0))
    bound = np.abs(Theta[:, :64]).max()
    fig, panels = plt.subplots(2, 5, figsize=(9, 4.2), layout="compressed")
    for k, ax in enumerate(panels.flat):
        shown = ax.imshow(Theta[k, :64].reshape(8, 8), cmap="PuOr_r", vmin=-bound, vmax=bound)
        ax.set(title=f"digit {k}", xticks=[], yticks=[])
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
    fig.colorbar(shown, ax=panels, label="weight of the pixel")

# %% [markdown]
# **What do you see?** For 0 the weights in the middle are negative: ink there makes a 0 less probable. The weights say what *distinguishes* a digit from the nine others, not what it looks like: a discriminative model cannot draw. Naive Bayes' means can.
#
# And how strong should the prior be? Fit on 150 of the digits 0 to 4, predict the others; means over 6 splits, bars are standard errors.

# %%
with homework.figure():
    few = digits.target < 5
    X, labels = with_ones(pixels[few]), digits.target[few]
    precisions = np.logspace(-2, 2, 5)
    wrong = {"fitted": [], "others": []}
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(len(X))
        parts = {"fitted": order[:150], "others": order[150:]}
        fits = [np.asarray(fit(X[parts["fitted"]], labels[parts["fitted"]], 5, r)) for r in precisions]
        for name, rows in parts.items():
            wrong[name].append([100 * np.mean(np.asarray(predict(X[rows], t)) != labels[rows]) for t in fits])

    fig, ax = plt.subplots()
    for name, label, fmt, colour in (
        ("fitted", "150 digits fitted on", "o-", BLUE),
        ("others", f"{len(X) - 150} others", "s--", ORANGE),
    ):
        found = np.array(wrong[name])
        error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
        ax.errorbar(precisions, found.mean(axis=0), error, fmt=fmt, color=colour, capsize=2, label=label)
    ax.set(
        title="Decisions: wrong labels", xlabel=r"prior precision $\lambda$", ylabel="wrong labels (%)", xscale="log"
    )
    ax.legend()

# %% [markdown]
# **What do you see?** With 325 weights and 150 digits the model fits all training digits unless the prior is strong. On the others the error is 2.6 to 2.7 % for every $\lambda$ up to 1, and 3.6 and 6.5 % for the stronger ones: a wide range of priors is equally good.

# %% [markdown]
# ## 4. Written questions
#
# These two are read by a person and carry no points here.
#
# **(a) Derive.** Gaussian naive Bayes with one variance $\sigma_j^2$ per feature, shared by all classes: write $\log P(x, y = k)$, drop what is the same for every class, and read off $\theta_k$ and the intercept of a softmax regression with the same posterior.

# %% [markdown]
# *Your answer:*

# %% [markdown]
# **(b) Explain.** Without a prior, $\Theta$ and $\Theta + \mathbf 1 v^\top$ give the same probabilities, so there is no single maximum. With a prior there is, and its rows add up to 0. Why? Does the prior change any probability by choosing among these?

# %% [markdown]
# *Your answer:*
