# %% [markdown]
# # Logistic regression: see what you wrote
#
# Your functions live in `logistic_regression.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a
# cell here: before every cell the file is checked for changes, and loaded again if there are any. Nothing has to be imported and no kernel has to be
# restarted. If the file cannot be loaded (a bracket is missing, say), the line is shown, and no check passes until it can.
#
# The functions are yours, the plotting code is given. A figure that needs a function you have not written yet says so.
#
# The text here is about what the figures show. What each function must do, and how to keep it from overflowing, is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import norm
from sklearn.datasets import load_breast_cancer

from autograder.doors.notebook import BLACK, BLUE, GREEN, PURPLE, SKY, VERMILION, Homework

homework = Homework("logistic_regression", globals())
grader = homework.grader

# %% [markdown]
# ## 1. Why a sigmoid?
#
# A straight line $\theta^\top x$ can be any number, a probability cannot. So some function must map it into the interval from 0 to 1.
# Many functions could. What is so special about $\sigma(z) = 1 / (1 + e^{-z})$?

# %%
grader.check("sigmoid")

# %%
grader.check("log_odds")

# %% [markdown]
# On the left, three functions that do so: your sigmoid, the Gaussian distribution function (the model with it is called probit), and the
# arctangent. They are scaled to be equally steep at 0. From here, could you tell which is best?
#
# On the right, the same three again, seen through your `log_odds`.

# %%
with homework.figure():
    z = np.linspace(-6, 6, 401)
    squeezed = {
        r"sigmoid $\sigma(z)$": (np.asarray(sigmoid(z)), BLUE, "-"),
        r"Gaussian $\Phi(z\sqrt{2\pi}/4)$": (norm.cdf(z * np.sqrt(2 * np.pi) / 4), VERMILION, "--"),
        r"arctangent $\frac{1}{2}+\arctan(\pi z/4)/\pi$": (0.5 + np.arctan(np.pi * z / 4) / np.pi, GREEN, "-."),
    }
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for label, (p, colour, style) in squeezed.items():
        left.plot(z, p, style, color=colour, label=label)
        right.plot(z, log_odds(p), style, color=colour, label=label)
    left.set(title="Three functions into [0, 1]", xlabel="z", ylabel="probability of class 1")
    left.legend(loc="upper left")
    right.set(title="Their log-odds", xlabel="z", ylabel="log-odds (natural log)", ylim=(-9, 9))

# %% [markdown]
# **What do you see?** Only one of the three is a straight line on the right, and it is $z$ itself. So the sigmoid is not one choice among
# many: it *is* the statement that the log-odds are linear,
#
# $$\log \frac{P(Y = 1 \mid x)}{P(Y = 0 \mid x)} = \theta^\top x .$$
#
# With the Gaussian, the log-odds grow as $z^2$; with the arctangent, only as $\log |z|$.

# %%
grader.check("predict_proba")

# %% [markdown]
# Now in two dimensions. The colour is the probability that your `predict_proba` gives to class 1; along each line your `log_odds` of it
# is the number printed on it.


# %%
@homework.sliders(theta_1=("θ₁", -3, 3, 1.5), theta_2=("θ₂", -3, 3, -1.0))
def boundary(theta_1, theta_2):
    theta = np.array([theta_1, theta_2])
    axis = np.linspace(-4, 4, 81)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    p = np.asarray(predict_proba(grid.reshape(-1, 2), theta)).reshape(81, 81)

    fig, ax = plt.subplots(figsize=(6, 4.8))
    shown = ax.pcolormesh(axis, axis, p, vmin=0, vmax=1, shading="nearest", rasterized=True)
    fig.colorbar(shown, label="P(Y = 1 | x)")
    z = np.asarray(log_odds(p))
    levels = np.array([level for level in range(-6, 7, 2) if z.min() < level < z.max()])
    if levels.size:  # none where theta is 0: there is no line
        colours = ["white" if level < 0 else "black" for level in levels]
        lines = ax.contour(axis, axis, z, levels=levels, colors=colours, linestyles="solid")
        places = levels[:, np.newaxis] / (theta @ theta) * theta + np.array([theta_2, -theta_1])
        ax.clabel(lines, fmt="%d", fontsize=12, manual=places[np.all(np.abs(places) < 3.9, axis=1)])
    ax.annotate("", xytext=(0, 0), xy=theta, arrowprops={"color": VERMILION, "width": 2, "headwidth": 9})
    beside = np.array([-theta_2, theta_1]) * (1 if theta_1 > 0 else -1) / max(np.linalg.norm(theta), 0.1)
    ax.text(*(theta + 0.35 * beside), r"$\theta$", fontsize=14, ha="center", va="center")
    ax.set(title="Log-odds fall and rise evenly", xlabel="feature $x_1$", ylabel="feature $x_2$", aspect="equal")
    ax.grid(visible=False)


# %% [markdown]
# **What do you see?** The lines are straight, parallel and equally far apart: one step along $\theta$ always adds the same to the
# log-odds, though not to the probability. The classes meet on the line marked 0. Its *direction* depends on the direction of $\theta$ alone; what
# does the *length* of $\theta$ do? Move the
# sliders (or change the last numbers in the cell's first line) to 3 and −2, and look again.

# %% [markdown]
# ## 2. What are good weights?
#
# Those under which the labels that we saw were likely. A prior adds what we believe beforehand: weights are probably not far from 0.

# %%
grader.check("log_likelihood")

# %%
grader.check("log_posterior")

# %% [markdown]
# Twenty points in two classes that a line can separate. There are only two weights, so we can look at the whole objective as a landscape:
# at each place $(\theta_1, \theta_2)$ the colour is the value of your `log_posterior`. The precision $\lambda$ of the prior grows from left (no prior) to right.


# %%
def two_clouds(n, distance, seed):
    """n examples of two standardised features, and their labels; the smaller the distance, the more they overlap."""
    rng = np.random.default_rng(seed)
    y = np.repeat([0, 1], [n - n // 2, n // 2])
    X = rng.normal(size=(n, 2)) + np.outer(y - 0.5, [distance, 0.6 * distance])
    return (X - X.mean(axis=0)) / X.std(axis=0), y


X_apart, y_apart = two_clouds(20, distance=4.5, seed=4)

# %%
with homework.figure():
    axis = np.linspace(-3, 13, 49)
    precisions = [0.0, 0.03, 0.3]
    landscapes = [
        np.array([[log_posterior(X_apart, y_apart, np.array([a, b]), r) for a in axis] for b in axis])
        for r in precisions
    ]
    fig, panels = plt.subplots(1, 3, figsize=(11, 3.8), sharey=True, layout="compressed")
    for ax, height, precision in zip(panels, landscapes, precisions):
        shown = ax.contourf(axis, axis, height, levels=np.linspace(-14, 0, 29), extend="min")
        row, column = np.unravel_index(height.argmax(), height.shape)
        at_edge = column == len(axis) - 1 or row == len(axis) - 1
        ax.plot(axis[column], axis[row], "*", color=VERMILION, markersize=16, markeredgecolor="white", clip_on=False)
        ax.set(
            title=rf"$\lambda$ = {precision:g}: " + ("no maximum in sight" if at_edge else "has a maximum"),
            xlabel=r"weight $\theta_1$",
            aspect="equal",
        )
        ax.grid(visible=False)
    panels[0].set_ylabel(r"weight $\theta_2$")
    fig.colorbar(shown, ax=panels, label="log-posterior (nats)")

# %% [markdown]
# **What do you see?** The star is the highest value in each picture. Without a prior the log-posterior rises for ever: if $\theta$ separates the
# classes, $2\theta$ has a higher likelihood. Maximum likelihood has no answer there. However small the
# prior, there is exactly one maximum; the stronger the prior, the closer the maximum is to 0 and the rounder the contours.

# %% [markdown]
# ## 3. Gradient ascent

# %%
grader.check("gradient")

# %%
grader.check("gradient_ascent")

# %%
grader.check("fit")

# %% [markdown]
# Four runs of gradient ascent, which differ only in their step size, in units of the safe size $1/L$ of question 8. The left figure shows the traces
# that your `gradient_ascent` returns. The right one shows how far they still are from the maximum, which your `fit` finds, on a logarithmic axis.

# %%
X_mixed, y_mixed = two_clouds(60, distance=2.0, seed=3)

with homework.figure():
    precision, n_steps = 1.0, 40
    safe = 1 / (np.sum(X_mixed**2) / 4 + precision)
    top = log_posterior(X_mixed, y_mixed, np.asarray(fit(X_mixed, y_mixed, precision)), precision)

    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    styles = {0.1: (SKY, ":"), 1: (BLUE, "-"), 4: (GREEN, "--"), 12: (VERMILION, "-.")}
    for factor, (colour, style) in styles.items():
        _, trace = gradient_ascent(X_mixed, y_mixed, precision, factor * safe, n_steps)
        left.plot(trace, style, color=colour, label=f"{factor:g}/L")
        right.semilogy(np.maximum(top - np.asarray(trace), 1e-14), style, color=colour)
    left.axhline(top, color=BLACK, linewidth=1, label="the maximum, by fit")
    left.set(title="The objective's trace", xlabel="steps", ylabel="log-posterior (nats)", ylim=(top - 22, top + 2))
    left.legend(title="step size", loc="lower right", ncols=2)
    right.set(
        title="Distance from the maximum", xlabel="steps", ylabel="maximum − log-posterior (nats)", ylim=(1e-14, 1e3)
    )

# %% [markdown]
# **What do you see?** Straight lines on the right: each step removes a fixed *proportion* of the distance, so each further digit costs the same
# number of steps. The smallest steps are slow. Steps larger than the safe size may do better, until they are too large: then they jump across the maximum, from side to side. A trace shows it at a glance; the weights at the end would not.
#
# Does the trace of 1/L look finished after fifteen steps, on the left? And on the right? That is why question 8 asks for a small *gradient* and
# not for an objective that hardly moves.

# %% [markdown]
# ## 4. A prior is a trade-off
#
# What does the prior do to the line? The first two panels show the boundary $P(Y = 1 \mid x) = \frac12$ for stronger and stronger priors, for the classes
# that a line can separate and for those that overlap. The third shows the length of $\theta$. A column of ones gives the line an intercept.


# %%
def with_ones(X):
    """X with a column of ones appended: its weight is the intercept."""
    return np.column_stack([X, np.ones(len(X))])


with homework.figure():
    rng = np.random.default_rng(5)
    few = np.concatenate([np.flatnonzero(y_mixed == 0), rng.choice(np.flatnonzero(y_mixed == 1), 10, replace=False)])
    clouds = {"separable": (X_apart, y_apart), "overlapping": (X_mixed[few], y_mixed[few])}
    precisions = np.logspace(-2, 3, 11)
    fits = {k: [np.asarray(fit(with_ones(X), y, r)) for r in precisions] for k, (X, y) in clouds.items()}

    fig, panels = plt.subplots(1, 3, figsize=(12, 3.8), layout="compressed")
    colours = plt.get_cmap("cividis")(np.linspace(0, 0.95, len(precisions)))
    for ax, (kind, (X, y)) in zip(panels, clouds.items()):
        across = np.array([-3.0, 3.0])
        for theta, colour in zip(fits[kind], colours):
            ax.plot(across, -(theta[0] * across + theta[2]) / theta[1], color=colour, linewidth=1.2)
        ax.scatter(*X[y == 0].T, marker="o", facecolor="white", edgecolor=BLUE, label="class 0", zorder=3)
        ax.scatter(*X[y == 1].T, marker="^", color=VERMILION, label="class 1", zorder=3)
        ax.set(title=f"Boundaries, {kind} classes", xlabel="feature $x_1$", ylabel="feature $x_2$")
        ax.set(xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
    panels[0].legend(loc="lower left", frameon=True)
    scale = plt.cm.ScalarMappable(plt.matplotlib.colors.LogNorm(precisions[0], precisions[-1]), "cividis")
    fig.colorbar(scale, ax=panels[:2], label=r"prior precision $\lambda$")
    for kind, marker, colour in (("separable", "o", PURPLE), ("overlapping", "s", GREEN)):
        panels[2].loglog(precisions, [np.linalg.norm(t) for t in fits[kind]], marker=marker, color=colour, label=kind)
    panels[2].set(title=r"The length of $\theta$", xlabel=r"prior precision $\lambda$", ylabel=r"$\Vert\theta\Vert$")
    panels[2].legend()
    panels[2].set_box_aspect(1)

# %% [markdown]
# One prior at a time, for the separable classes. The colour is your `predict_proba`. With ipywidgets, move the slider: it is $\log_{10} \lambda$.


# %%
@homework.sliders(log10_precision=("log₁₀ λ", -3, 3, 0.0))
def one_prior(log10_precision):
    theta = np.asarray(fit(with_ones(X_apart), y_apart, 10**log10_precision))
    axis = np.linspace(-3, 3, 81)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    p = np.asarray(predict_proba(with_ones(grid), theta)).reshape(81, 81)

    fig, ax = plt.subplots(figsize=(6, 4.8))
    shown = ax.pcolormesh(axis, axis, p, vmin=0, vmax=1, shading="nearest", rasterized=True)
    fig.colorbar(shown, label="P(Y = 1 | x)")
    ax.contour(axis, axis, p, levels=[0.5], colors="white")
    for k, marker, colour in ((0, "o", SKY), (1, "^", VERMILION)):
        ax.scatter(*X_apart[y_apart == k].T, marker=marker, color=colour, edgecolor="white", label=f"class {k}")
    length = np.linalg.norm(theta)
    precision = f"{10**log10_precision:.3g}" if log10_precision < 2.9 else f"{10**log10_precision:,.0f}"
    ax.set(title=rf"$\lambda$ = {precision}: $\Vert\theta\Vert$ = {length:.3g}", aspect="equal")
    ax.set(xlabel="feature $x_1$", ylabel="feature $x_2$")
    ax.grid(visible=False)
    ax.legend(loc="lower left", frameon=True)


# %% [markdown]
# **What do you see?** A strong prior makes $\theta$ short, and at last its length falls as $1/\lambda$, for both. With a weak prior they differ. Where the
# classes overlap, the length tends to that of the maximum-likelihood estimate; where a line separates them, it grows without end.
#
# The line turns, too. Where $\theta$ is near 0, $p_i \approx \frac12$ for every example, so in the gradient $\sum_i (y_i - p_i)\,x_i$ every $x_i$ has a factor of
# $\pm\frac12$, near the boundary or far from it. Where $\theta$ is long, an example far on its right side has $y_i - p_i \approx 0$ and contributes nothing: the examples near
# the boundary determine where it is. And the intercept is a weight like all others here: it is penalised as they are.

# %%
grader.check("predict")

# %% [markdown]
# Which prior, then? Ask the data that were not used for fitting. These are real: from 30 measurements on the nuclei of cells, is a breast tumour
# benign (1) or malignant (0)? We fit on 40 patients, and keep the other 529 to see how good the weights are. One split into 40 and 529 is a matter of luck, so there are
# 20 of them; the bars are standard errors. Mean and standard deviation of each measurement come from the 40 patients only: the others are not known yet.

# %%
cancer = load_breast_cancer()
N_FITTED = 40

with homework.figure():
    precisions = np.logspace(-2, 3, 11)
    scores = {"fitted": [], "others": []}
    for seed in range(20):
        order = np.random.default_rng(seed).permutation(len(cancer.target))
        seen = order[:N_FITTED]
        X_split = (cancer.data - cancer.data[seen].mean(axis=0)) / cancer.data[seen].std(axis=0)
        X_split = with_ones(X_split)
        fitted = [np.asarray(fit(X_split[seen], cancer.target[seen], r)) for r in precisions]
        for rows, name in ((seen, "fitted"), (order[N_FITTED:], "others")):
            X, y = X_split[rows], cancer.target[rows]
            likelihoods = [log_likelihood(X, y, t) / len(y) for t in fitted]
            wrong = [100 * np.mean(np.asarray(predict(X, t)) != y) for t in fitted]
            scores[name].append((likelihoods, wrong))

    fig, panels = plt.subplots(1, 2, figsize=(10, 4))
    for name, label, fmt, colour in (
        ("fitted", f"{N_FITTED} patients fitted on", "o-", BLUE),
        ("others", f"{len(cancer.target) - N_FITTED} others", "s--", VERMILION),
    ):
        found = np.array(scores[name])
        mean, error = found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(len(found))
        for ax, m, e in zip(panels, mean, error):
            ax.errorbar(precisions, m, e, fmt=fmt, color=colour, capsize=2, label=label)
    panels[0].set(title="Fit: the log-likelihood", ylabel="log-likelihood per patient (nats)")
    panels[1].set(title="Decisions: wrong labels", ylabel="wrong labels (%)")
    for ax in panels:
        ax.set(xlabel=r"prior precision $\lambda$", xscale="log")
    panels[1].legend()

# %% [markdown]
# **What do you see?** On the patients it was fitted on, the model is perfect without a prior, and any prior makes the fit worse. On the others there is a best value in between: that is the trade-off between fit and simplicity.
#
# It is nearly the same in both panels, a $\lambda$ between 0.3 and 3. Over 40 splits the error is 4.8 % at $\lambda = 1$ and $\lambda = 3$ (standard error 0.2), 5.4 % at 0.01 and 6.8 % at 100. With less prior the
# model is certain and at times wrong, which lowers $\log P(y \mid x)$ a lot; with much more, it is uncertain of everything. The decisions depend on it less. Which of the two
# would you want to be good, if you were the doctor?

# %% [markdown]
# ## 5. Written questions
#
# These two are read by a person and carry no points here.
#
# **(a) Derive.** Take one term of the log-likelihood, $y \log \sigma(z) + (1-y) \log(1 - \sigma(z))$ with $z = \theta^\top x$. Show, in at most five lines, that its
# gradient with respect to $\theta$ is $(y - \sigma(z))\,x$. Where does the special form of the sigmoid help?

# %% [markdown]
# *Your answer:*

# %% [markdown]
# **(b) Explain the gap.** In the last figure the curves of the 40 and of the 529 patients are far apart for small $\lambda$, and close together for large. Why? What would
# you expect of both with 400 patients to fit on? (Change `N_FITTED` to 400 and see whether you were right.)

# %% [markdown]
# *Your answer:*
