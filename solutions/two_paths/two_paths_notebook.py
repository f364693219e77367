# %% [markdown]
# # Two paths: see what you wrote
#
# Your functions live in `two_paths.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a
# cell here: before every cell the file is checked for changes, and loaded again if there are any. If it cannot be loaded (a bracket is missing, say), the line is shown, and no check passes until it can.
#
# The functions are yours; plotting code is given, and so are the classifiers and the data, in `given/experiments.py`. A figure that needs a function
# you have not written yet says so. What each function must do is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import norm

from autograder.doors.notebook import BLACK, BLUE, GREEN, PURPLE, SKY, VERMILION, Homework
from given import experiments

homework = Homework("two_paths", globals())
grader = homework.grader

# %% [markdown]
# ## 1. Are the two paths the same optimisation?
#
# The generative path maximises the likelihood of examples and labels together, the discriminative path that of the labels given the examples. Your
# first three functions are the three terms of
#
# $$\underbrace{\sum_i \log P(x_i, y_i; \theta)}_{\text{joint}} = \underbrace{\sum_i \log P(y_i \mid x_i; \theta)}_{\text{conditional}} + \underbrace{\sum_i \log P(x_i; \theta)}_{\text{marginal}} .$$

# %%
grader.check("joint_log_likelihood")

# %%
grader.check("marginal_log_likelihood")

# %%
grader.check("conditional_log_likelihood")

# %% [markdown]
# Two worlds, that is, two distributions of the data. In both there are two classes, normal with means $(-1, 0)$ and $(1, 0)$ and variances 1. On the left the two features are independent, as
# naive Bayes assumes; on the right they are correlated ($\rho = \tfrac12$), which naive Bayes cannot represent.
#
# The model is naive Bayes with class means $(-1, -m)$ and $(1, m)$. Its log-odds are $2 x_1 + 2m\,x_2$, so that $\theta_2 = 2m$ is the weight of feature 2, and we vary $\theta_2$. At each step your three functions look at the same table `joint`. Each curve shows what is gained or lost for an
# example, compared with $\theta_2 = 0$; a dot marks the highest point of the curve.

# %%
with homework.figure():
    weights = np.linspace(-1.6, 1.2, 57)
    terms = {
        "joint": (joint_log_likelihood, BLACK, "-", 12),
        "conditional": (conditional_log_likelihood, BLUE, "--", 8),
        "marginal": (lambda joint, y: marginal_log_likelihood(joint), VERMILION, "-.", 4),
    }
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.2), sharey=True)
    for ax, (world, correlation) in zip(axes, {"independent features": 0.0, "correlated features": 0.5}.items()):
        X, y = experiments.two_normals(20_000, correlation, np.random.default_rng(8))
        tables = [
            experiments.joint_table(X, np.array([0.5, 0.5]), np.array([[-1, -w / 2], [1, w / 2]]), np.ones(2))
            for w in [0.0, *weights]
        ]
        for name, (term, colour, style, dot) in terms.items():
            start, *values = [term(joint, y) / len(y) for joint in tables]
            gain = np.array(values) - start
            ax.plot(weights, gain, style, color=colour, label=name)
            ax.plot(weights[gain.argmax()], gain.max(), "o", color=colour, markersize=dot)
        ax.set(title=world.capitalize(), xlabel=r"$\theta_2$, the weight of feature 2", ylim=(-0.2, 0.1))
    axes[0].set_ylabel("change of log-likelihood (nats per example)")
    axes[0].legend()

# %% [markdown]
# **What do you see?** At each $\theta_2$ the black curve is the sum of the other two; that is the equation above.
#
# On the left the three dots coincide (up to the sampling error of 20,000 examples): where the assumption holds, both paths lead to the same place. On the right the
# labels would be predicted best with a *negative* weight. The joint likelihood does not go there: what the labels gain on the way is less than what the
# examples lose. Naive Bayes can put the correlation of the features into the weights only by a worse model of the examples.
#
# If the red curve were flat, the black one would be the blue one, moved up or down. That is logistic regression's case: its $\theta$ says nothing
# about $X$.

# %% [markdown]
# ## 2. One family of lines, two ways to choose
#
# With a variance that all classes share, naive Bayes' log-odds are a straight line, like those of logistic regression.

# %%
grader.check("pooled_variance")

# %%
grader.check("logistic_from_naive_bayes")

# %% [markdown]
# The same two worlds, and the lines at which the classes meet. Naive Bayes' line comes from your two functions, and the black ellipses (circles, nearly) show its model of the classes: one standard deviation around the mean. The other line maximises the conditional likelihood.

# %%
with homework.figure():
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.6), sharey=True)
    turn = np.linspace(0, 2 * np.pi, 100)
    for ax, (world, correlation) in zip(axes, {"independent features": 0.0, "correlated features": 0.5}.items()):
        X, y = experiments.two_normals(2000, correlation, np.random.default_rng(8))
        means = np.stack([X[y == k].mean(axis=0) for k in (0, 1)])
        variance = np.asarray(pooled_variance(X, y, 2))
        by_joint = logistic_from_naive_bayes(np.bincount(y) / len(y), means, variance)
        by_conditional = experiments.most_probable(X, y, 0.01)

        for k, colour, marker in ((0, SKY, "o"), (1, PURPLE, "^")):
            ax.plot(*X[y == k][:300].T, marker, color=colour, markersize=3, label=f"class {k}")
            ax.plot(*(means[k] + np.sqrt(variance) * np.stack([np.cos(turn), np.sin(turn)], axis=1)).T, color=BLACK)
        height = np.array([-3.5, 3.5])
        for name, (theta, intercept), colour, style in (
            ("naive Bayes (joint)", by_joint, VERMILION, "-"),
            ("logistic regression (conditional)", by_conditional, BLUE, "--"),
        ):
            ax.plot(-(theta[1] * height + intercept) / theta[0], height, style, color=colour, linewidth=2.5, label=name)
        ax.set(title=world.capitalize(), xlabel="feature $x_1$", xlim=(-4.5, 4.5), ylim=height, aspect="equal")
    axes[0].set_ylabel("feature $x_2$")
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)

# %% [markdown]
# **What do you see?** On the left the lines are nearly one. On the right logistic regression tilts its line along the clouds, while naive Bayes keeps it upright: the
# ellipses of its model are not tilted. Both lines belong to the same family. What differs is what "best" means.
#
# Look at feature 2 on the right. Its mean is 0 in both classes, so by itself it carries no information about the class. Why is it useful all the same?
#
# With ipywidgets, move the correlation $\rho$. Errors are those of each line on the 2,000 examples.


# %%
@homework.sliders(rho=("ρ", -0.95, 0.95, 0.8))
def correlated_features(rho):
    X, y = experiments.two_normals(2000, rho, np.random.default_rng(8))
    means = np.stack([X[y == k].mean(axis=0) for k in (0, 1)])
    by_joint = logistic_from_naive_bayes(np.bincount(y) / len(y), means, np.asarray(pooled_variance(X, y, 2)))
    by_conditional = experiments.most_probable(X, y, 0.01)

    fig, ax = plt.subplots(figsize=(7, 4.8))
    for k, colour, marker in ((0, SKY, "o"), (1, PURPLE, "^")):
        ax.plot(*X[y == k][:300].T, marker, color=colour, markersize=3, label=f"class {k}")
    height = np.array([-3.5, 3.5])
    for name, (theta, intercept), colour, style in (
        ("naive Bayes", by_joint, VERMILION, "-"),
        ("logistic regression", by_conditional, BLUE, "--"),
    ):
        error = np.mean((X @ theta + intercept > 0) != y)
        line = -(theta[1] * height + intercept) / theta[0]
        ax.plot(line, height, style, color=colour, linewidth=2.5, label=f"{name}: {error:.1%} wrong")
    ax.set(title=rf"Correlation $\rho = {rho:.2f}$", xlabel="feature $x_1$", ylabel="feature $x_2$")
    ax.set(xlim=(-4.5, 4.5), ylim=height, aspect="equal")
    fig.legend(loc="outside lower center", ncols=2)


# %% [markdown]
# **What do you see?** The larger the correlation, of either sign, the more the dashed line tilts and the fewer errors it makes; the solid line, and its errors, hardly move.

# %% [markdown]
# ## 3. Which path, when?
#
# Assumptions are information. With few examples those of naive Bayes should help, with many they should be a disadvantage. Learning curves can show it.

# %%
grader.check("error_rate")

# %%
grader.check("learning_curve")

# %% [markdown]
# ### Ng and Jordan (2001), figure 1
#
# They trained both classifiers on images of two digits, with more and more examples. The thin grey lines are their curves, read off the printed figure. The others are
# yours: the same kind of data (scikit-learn's digits are one part of the collection that they used), your `learning_curve`, your naive Bayes, 20 random splits
# into examples to train on and to test on, and 20 subsets of each (5 for maximum likelihood, which takes longest).
#
# Logistic regression runs in three ways. A few images of 64 pixels can always be separated by a plane, in fact by very many. Then the conditional likelihood has
# no maximum, and where the optimiser starts and stops decides which plane it finds. So there are three curves: a *random separating hyperplane*, as in the paper; *maximum likelihood* by gradient
# ascent from $\theta = 0$; a *weak prior*, with which there is a maximum. The bars are standard errors over 20 splits, and the axis is logarithmic, since errors come close to 0.
# A curve ends where its error is 0, which such an axis cannot show.

# %%
with homework.figure():
    reproduced = {
        pair: experiments.ng_and_jordan(pair, learning_curve, pooled_variance, logistic_from_naive_bayes)
        for pair in ("01", "23")
    }
    styles = {
        "naive Bayes": (VERMILION, "o-"),
        "random separating hyperplane": (BLUE, "s--"),
        "maximum likelihood, no prior": (PURPLE, "v:"),
        "logistic regression, weak prior": (GREEN, "^-."),
    }
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.6), sharey=True)
    for ax, (pair, curves) in zip(axes, reproduced.items()):
        for model, style in (("NB", "-"), ("LR", "--")):
            sizes, errors = experiments.paper_curve(pair, model)
            ax.plot(sizes[1:], errors[1:], style, color="0.55", linewidth=1.5, label=f"{model} in the paper")
        for name, (curve, error) in curves.items():
            colour, style = styles[name]
            ax.errorbar(experiments.SIZES, curve, error, fmt=style, color=colour, markersize=5, capsize=2, label=name)
        ax.set(title=f"Digits {pair[0]} and {pair[1]}", xlabel="training examples", yscale="log", ylim=(1e-4, 0.4))
    axes[0].set_ylabel("test error (proportion of wrong labels)")
    fig.legend(*axes[1].get_legend_handles_labels(), loc="outside lower center", ncols=3)

    print("at most this far from the paper:")
    for pair, curves in reproduced.items():
        for model, name in (("NB", "naive Bayes"), ("LR", "random separating hyperplane")):
            paper = np.interp(experiments.SIZES, *experiments.paper_curve(pair, model))
            print(f"  digits {pair[0]} and {pair[1]}, {name:29} {np.abs(curves[name][0] - paper).max():.3f}")

# %% [markdown]
# **What do you see?** Blue and red show the well-known result: with few examples naive Bayes has a far lower error. Now leave the blue curve out. What is left of the
# advantage? On the digits 0 and 1 the green and the purple curve start beside the red one and end far below it; on 2 and 3 the green one is never worse than red.
#
# So the gap in the figure is real and can be reproduced. But it is not the gap between discriminative and generative, nor is a prior needed to close it: maximum
# likelihood from $\theta = 0$ does nearly as well as the weak prior. It is the gap between a plane that the data chose and one that a random start chose.

# %% [markdown]
# ### Data on which the curves do cross
#
# Ten measurements of breast tumours, benign or not. The classes overlap, so that the likelihood has a maximum. On the left the two curves with a weak prior ($\lambda = 0.01$),
# on the right the difference of the errors for three priors, on the same subsets: above 0 naive Bayes is ahead. The bars are standard errors over the splits.

# %%
grader.check("crossover_size")

# %%
with homework.figure():
    X, y = experiments.tumours()
    sizes = [10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 350]
    (generative, generative_error), (discriminative, discriminative_error) = (
        experiments.mean_curve(learning_curve, X, y, 400, sizes, classifier)
        for classifier in (
            experiments.naive_bayes(pooled_variance, logistic_from_naive_bayes),
            experiments.logistic_regression(),
        )
    )
    overtaken = crossover_size(sizes, discriminative, generative)

    fig, (ax, right) = plt.subplots(1, 2, figsize=(11, 4.4))
    ax.errorbar(sizes, generative, generative_error, fmt="o-", color=VERMILION, capsize=2, label="naive Bayes")
    ax.errorbar(
        sizes, discriminative, discriminative_error, fmt="s--", color=BLUE, capsize=2, label="logistic regression"
    )
    if overtaken is not None:
        ax.axvline(overtaken, color=BLACK, linestyle=":", label=f"crossover at {overtaken}")
    ax.set(
        title=r"Breast tumours, $\lambda = 0.01$",
        xlabel="training examples",
        ylabel="test error (proportion of wrong labels)",
        xscale="log",
    )
    ax.set_xticks(sizes, sizes, fontsize=9)
    ax.minorticks_off()
    ax.legend()

    differences = experiments.crossover_by_prior(learning_curve, pooled_variance, logistic_from_naive_bayes)
    for (precision, (mean, error)), fmt, colour in zip(
        differences.items(), ("s--", "^-.", "v:"), (BLUE, GREEN, PURPLE)
    ):
        right.errorbar(
            experiments.TUMOUR_SIZES, mean, error, fmt=fmt, color=colour, capsize=2, label=rf"$\lambda = {precision:g}$"
        )
    right.axhline(0, color=BLACK, linewidth=1)
    right.set(
        title="Logistic regression minus naive Bayes",
        xlabel="training examples",
        ylabel="difference of test errors",
        xscale="log",
    )
    right.set_xticks(experiments.TUMOUR_SIZES, experiments.TUMOUR_SIZES)
    right.minorticks_off()
    right.legend()

# %% [markdown]
# **What do you see?** Naive Bayes is near its own best after a few dozen examples, and stays there. Logistic regression needs more, and ends lower: *a lower asymptotic
# error, approached more slowly*. Ten features such as radius, perimeter and area of the same cell are anything but independent; that is what keeps naive Bayes
# where it is. And the prior? With $\lambda = 0.01$ there is a crossover; with $\lambda = 1$ logistic regression is ahead at every size, so that there is nothing to cross.

# %% [markdown]
# ### It depends on which model is right: Xue and Titterington (2008)
#
# With data that we make ourselves we know what is true, and what the best possible error is. Three worlds: the two you know, and one in which the features are
# $e^x$ of those of the first, so that they are not normal at all.

# %%
with homework.figure():
    sizes = [6, 10, 20, 40, 100, 300, 1000, 4000]
    limits = {
        r"$\Phi(-1)$": (norm.cdf(-1), VERMILION),
        r"$\Phi(-2/\sqrt{3})$": (norm.cdf(-2 / np.sqrt(3)), BLUE),
    }
    fig, axes = plt.subplots(1, 3, figsize=(11, 4.2), sharey=True)
    for ax, world in zip(axes, ("independent", "correlated", "log-normal")):
        curves = experiments.xue_and_titterington(
            world, sizes, learning_curve, pooled_variance, logistic_from_naive_bayes
        )
        for (name, (curve, error)), colour, style in zip(curves.items(), (VERMILION, BLUE), ("o-", "s--")):
            ax.errorbar(sizes, curve, error, fmt=style, color=colour, markersize=5, capsize=2, label=name)
        for label, (limit, colour) in limits.items():
            if world == "correlated" or label == r"$\Phi(-1)$":
                ax.axhline(limit, color=colour, linestyle=":")
                ax.text(5, limit, label, color=colour, va="bottom", fontsize=11)
        ax.set(title=f"{world.capitalize()} features", xlabel="training examples", xscale="log", ylim=(0.1, 0.34))
    axes[0].set_ylabel("test error (proportion of wrong labels)")
    axes[0].legend()

# %% [markdown]
# **What do you see?** *Independent:* the assumptions of naive Bayes hold, and it is a little ahead between ten examples and a hundred; both end at $\Phi(-1) = .159$, the best that any
# classifier can reach. *Correlated:* logistic regression is ahead from the start and ends at $\Phi(-2/\sqrt 3) = .124$; naive Bayes stays at $.159$. *Log-normal:* now both are
# wrong. Naive Bayes fits normal densities to what is not normal, and its line is far off; logistic regression assumes log-odds that are linear in $x$, and they are linear in $\log x$, but it can still put the line where it makes few errors. It is ahead throughout.
#
# Which path is better depends on the world. Xue and Titterington conclude that there is no general rule: it depends on whether you trust the
# form of $p(y \mid x)$ more, or that of $p(x, y)$.

# %% [markdown]
# ## 4. Written questions
#
# These two are read by a person and carry no points here.
#
# **(a) Derive.** Show that both paths have the same maximiser if $P(X; \theta)$ does not depend on $\theta$. Then look at naive Bayes: which of its parameters does
# $P(X; \theta)$ depend on, and is there one that it does not depend on?

# %% [markdown]
# *Your answer:*

# %% [markdown]
# **(b) Explain the gap.** A classmate shows you the blue and the red curve of the digits and concludes: "Generative models need less data." What do you answer, in at most
# six sentences? Use the purple and the green curve, the tumours and the three worlds.

# %% [markdown]
# *Your answer:*
