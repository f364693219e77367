# %% [markdown]
# # Essentials: see what you wrote
#
# Your functions live in `essentials.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a cell here: before every
# cell the file is checked for changes and loaded again. What each function must do is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np

from autograder.doors.notebook import BLUE, GREEN, PURPLE, VERMILION, Homework

homework = Homework("essentials", globals())
grader = homework.grader

# %% [markdown]
# ## 1. Why a sigmoid?

# %%
grader.check("sigmoid")

# %%
grader.check("log_odds")

# %%
with homework.figure():
    z = np.linspace(-6, 6, 201)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(z, np.asarray(sigmoid(z)), color=BLUE)
    left.set(title=r"$P(Y = 1 \mid x) = \sigma(z)$", xlabel=r"$z = \theta^\top x$", ylabel="probability of class 1")
    right.plot(z, np.asarray(log_odds(np.asarray(sigmoid(z)))), color=VERMILION)
    right.set(title="Its log-odds", xlabel=r"$z = \theta^\top x$", ylabel="log-odds (natural log)")

# %% [markdown]
# **What do you see?** The log-odds of the sigmoid are a straight line: that is what logistic regression assumes, and all it assumes.

# %% [markdown]
# ## 2. Two paths to one label
#
# Two classes of points. Each path draws its boundary, and the trace shows how gradient ascent gets there.

# %%
grader.check("gradient_ascent")

# %%
grader.check("estimate_parameters")

# %%
grader.check("predict_bayes")

# %%
with homework.figure():
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], 60)
    X = rng.normal(size=(120, 2)) * np.where(y, 1.4, 0.7)[:, np.newaxis] + np.where(y, 1.2, -1.0)[:, np.newaxis]
    A = np.column_stack([X, np.ones(len(X))])  # a column of ones: its weight is the intercept
    theta, trace = gradient_ascent(A, y, 0.1, 0.02, 200)
    means, variances = map(np.asarray, estimate_parameters(X, y, 2))

    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.4))
    left.plot(np.asarray(trace), color=GREEN)
    left.set(title="The trace", xlabel="steps", ylabel="log-posterior")
    grid = np.stack(np.meshgrid(np.linspace(-4, 5, 200), np.linspace(-4, 5, 200)), axis=-1)
    labels = np.asarray(predict_bayes(grid.reshape(-1, 2), np.array([0.5, 0.5]), means, variances)).reshape(200, 200)
    right.contour(grid[..., 0], grid[..., 1], labels, levels=[0.5], colors=PURPLE)
    across = np.array([-4.0, 5.0])
    right.plot(across, -(theta[0] * across + theta[2]) / theta[1], "--", color=GREEN, label="logistic regression")
    right.plot([], [], color=PURPLE, label="naive Bayes")
    for k, (marker, colour) in enumerate((("o", BLUE), ("^", VERMILION))):
        right.scatter(*X[y == k].T, marker=marker, color=colour, s=18, label=f"class {k}")
    right.set(title="Two boundaries", xlabel="feature $x_1$", ylabel="feature $x_2$", xlim=(-4, 5), ylim=(-4, 5))
    fig.legend(*right.get_legend_handles_labels(), loc="outside lower center", ncols=4)

# %% [markdown]
# **What do you see?** Logistic regression draws a straight line. Naive Bayes, with a variance for each class, draws a curve around the narrow class.
