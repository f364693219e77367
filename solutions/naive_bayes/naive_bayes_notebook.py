# %% [markdown]
# # Gaussian naive Bayes: see what you wrote
#
# Your functions live in `naive_bayes.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a cell
# here: before every cell the file is checked for changes, and loaded again if there are any. Nothing has to be imported and no kernel has to be
# restarted. If the file cannot be loaded (a bracket is missing, say), the line is shown, and no check passes until it can.
#
# The functions are yours, the plotting code is given. A figure that needs a function you have not written yet says so.
#
# The text here is about what the figures show. What each function must do, and how to keep it from underflowing, is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits, load_iris

from autograder.doors.notebook import BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, Homework

homework = Homework("naive_bayes", globals())
grader = homework.grader

# %% [markdown]
# ## 1. What does each class look like?
#
# The generative path begins with a question that the discriminative path never asks: how are the examples of a class generated? Our answer is as
# simple as can be: each feature of each class is a Gaussian of its own.

# %%
grader.check("class_priors")

# %%
grader.check("estimate_parameters")

# %%
grader.check("gaussian_log_density")

# %% [markdown]
# The flowers that every statistician knows: 150 irises of three species, measured in 1935. The bars are the measurements, the curves are
# your `gaussian_log_density` at your `estimate_parameters`: nothing but a mean and a variance is left of fifty flowers.

# %%
iris = load_iris()
X_iris, y_iris = iris.data, iris.target
SPECIES = [(name, colour, marker) for name, colour, marker in zip(iris.target_names, (BLUE, ORANGE, GREEN), "o^s")]

with homework.figure():
    means, variances = map(np.asarray, estimate_parameters(X_iris, y_iris, 3))
    fig, panels = plt.subplots(1, 2, figsize=(10, 3.8))
    for ax, j in zip(panels, (1, 2)):
        edges = np.arange(X_iris[:, j].min() - 0.25, X_iris[:, j].max() + 0.4, 0.2)  # measured to 0.1 cm
        x = np.linspace(edges[0], edges[-1], 400)
        for k, (name, colour, _) in enumerate(SPECIES):
            ax.hist(X_iris[y_iris == k, j], edges, density=True, color=colour, alpha=0.35)
            density = np.exp(gaussian_log_density(x, means[k, j], variances[k, j]))
            ax.plot(x, density, color=colour, linewidth=2, label=name)
        ax.set(title=f"P({iris.feature_names[j].removesuffix(' (cm)')} | species)", xlabel=iris.feature_names[j])
        ax.set_ylabel("density (1/cm)")
    panels[1].legend()

# %% [markdown]
# **What do you see?** By the petals, one species is easy to separate from the others; by the sepals' width alone it is harder: the
# best single threshold separates *setosa* from *versicolor* with 16 % errors, and *versicolor* from *virginica* with 37 %. The Gaussians
# fit, though nothing says that petals must be Gaussian. And mind the axis: a density may well be larger than 1.

# %%
grader.check("class_log_likelihood")

# %%
grader.check("joint_log_prob")

# %%
grader.check("log_evidence")

# %%
grader.check("posterior")

# %%
grader.check("predict")

# %% [markdown]
# ## 2. Applying Bayes' rule
#
# Now Bayes' rule, step by step, with the petals' length alone. Above: the joint, $P(x, y = k) = P(x \mid y = k)\,P(y = k)$, one curve for each species, and the evidence
# $P(x)$, which is their sum. Below: each curve divided by that sum.

# %%
with homework.figure():
    X, x = X_iris[:, [2]], np.linspace(0.5, 8, 500)[:, None]
    priors = np.asarray(class_priors(y_iris, 3))
    means, variances = map(np.asarray, estimate_parameters(X, y_iris, 3))
    log_joint = np.asarray(joint_log_prob(x, priors, means, variances))
    joint, evidence = np.exp(log_joint), np.exp(log_evidence(log_joint))
    after = np.asarray(posterior(x, priors, means, variances))

    fig, (above, below) = plt.subplots(2, 1, figsize=(7, 5.5), sharex=True)
    above.fill_between(x[:, 0], evidence, color="0.85", label="evidence P(x)")
    for k, (name, colour, _) in enumerate(SPECIES):
        above.plot(x, joint[:, k], color=colour, linewidth=2, label=f"P(x, {name})")
        below.plot(x, after[:, k], color=colour, linewidth=2, label=f"P({name} | x)")
    above.set(title="The joint, and its sum", ylabel="density (1/cm)")
    above.legend()
    below.set(title="Divided by the sum: the posterior", xlabel=iris.feature_names[2], ylabel="probability")
    below.legend(loc="center right")

# %% [markdown]
# **What do you see?** The label changes where two curves of the joint cross; the sum is not needed to see where. That is why `predict` can do without
# the evidence. But look at 8 cm, and at 2.6 cm: hardly any iris is there, and the posterior is certain all the same. Dividing by
# $P(x)$ throws away how unusual $x$ is. We come back to that.
#
# ## 3. Curved boundaries, and straight ones
#
# Two features now: petals' length and width. On the left each species has its own variances, as your `estimate_parameters` finds
# them. On the right all share one variance per feature, the average over the species. Ellipses are drawn at one and two standard deviations.


# %%
def draw_regions(ax, X, y, priors, means, variances):
    """The regions of your predict, each species' Gaussian as ellipses, and the flowers."""
    across, up = np.linspace(0.2, 7.8, 240), np.linspace(-0.6, 3.2, 240)
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    labels = np.asarray(predict(grid, priors, means, variances)).reshape(240, 240)
    turn = np.linspace(0, 2 * np.pi, 100)
    for k, (name, colour, marker) in enumerate(SPECIES):
        ax.contourf(across, up, labels == k, levels=[0.5, 1.5], colors=[colour], alpha=0.18)
        for size in (1, 2):
            circle = size * np.stack([np.cos(turn), np.sin(turn)])
            ax.plot(*(means[k][:, None] + np.sqrt(variances[k])[:, None] * circle), color=colour, linewidth=1)
        ax.scatter(*X[y == k].T, s=14, marker=marker, color=colour, label=name)
    ax.set(xlabel="petal length (cm)", ylim=(up[0], up[-1]))


with homework.figure():
    X = X_iris[:, 2:]
    priors = np.asarray(class_priors(y_iris, 3))
    means, variances = map(np.asarray, estimate_parameters(X, y_iris, 3))
    shared = np.tile(priors @ variances, (3, 1))

    fig, panels = plt.subplots(1, 2, figsize=(11, 4.4), sharey=True)
    for ax, used, title in (
        (panels[0], variances, "Each species its own variances"),
        (panels[1], shared, "Shared variances"),
    ):
        draw_regions(ax, X, y_iris, priors, means, used)
        wrong = np.sum(np.asarray(predict(X, priors, means, used)) != y_iris)
        ax.set_title(f"{title}: {wrong} of 150 wrong")
    panels[0].set_ylabel("petal width (cm)")
    panels[0].legend(loc="upper left")

# %% [markdown]
# **What do you see?** With shared variances the boundaries are straight lines, with their own they are curved. On the left, follow the region of the widest
# species: it wraps around the other two. A flower with petals 6.5 cm long and next to no width would be a virginica there, though it looks like none:
# far from everything, the widest Gaussian is the least improbable one.
#
# The right panel should look familiar. Straight boundaries are what logistic regression draws; here a generative model has them, too, because of an assumption.
#
# And look at the ellipses: their axes lie along the features, always. The flowers do not: within a species, long petals are wide.
# That is the naive assumption, and you can see it fail. The labels are right nearly always nevertheless.
#
# Two classes now, whose means stay where they are. Class 0 has variance 1; with ipywidgets, move the variance of class 1. At 1 the boundary is a straight line.


# %%
@homework.sliders(variance_of_class_1=("variance of class 1", 0.2, 5, 3.0))
def two_variances(variance_of_class_1):
    priors, means = np.array([0.5, 0.5]), np.array([[-1.0, 0.0], [1.0, 0.0]])
    variances = np.array([[1.0, 1.0], [variance_of_class_1, variance_of_class_1]])
    axis = np.linspace(-6, 6, 121)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    p = np.asarray(posterior(grid, priors, means, variances))[:, 1].reshape(121, 121)

    fig, ax = plt.subplots(figsize=(6, 4.8))
    shown = ax.pcolormesh(axis, axis, p, vmin=0, vmax=1, shading="nearest", rasterized=True)
    fig.colorbar(shown, label="P(Y = 1 | x)")
    ax.contour(axis, axis, p, levels=[0.5], colors="white", linewidths=2.5)
    turn = np.linspace(0, 2 * np.pi, 100)
    for k, colour in ((0, SKY), (1, VERMILION)):
        circle = np.sqrt(variances[k])[:, None] * np.stack([np.cos(turn), np.sin(turn)])
        outline = means[k][:, None] + circle
        ax.plot(*outline, color=colour, linewidth=2, solid_capstyle="butt", label=f"class {k}: one standard deviation")
    ax.set(title=f"Variances 1 and {variance_of_class_1:.3g}", xlabel="feature $x_1$", ylabel="feature $x_2$")
    ax.set(aspect="equal")
    ax.grid(visible=False)
    ax.legend(loc="lower left", frameon=True, fontsize=9)


# %% [markdown]
# **What do you see?** The class with the larger variance is predicted everywhere far away, on either side: the boundary closes around the other class.

# %% [markdown]
# ## 4. Making new ones
#
# A model of the joint can be run forwards, which no discriminative model can. Handwritten digits, 8 × 8 pixels, each from 0 (white) to 16 (black):
# we fit on 1,000 of them.

# %%
grader.check("sample")

# %%
digits = load_digits()
order = np.random.default_rng(0).permutation(len(digits.data))
X_digits, y_digits = digits.data[order], digits.target[order]
FLOOR = 0.25  # (half a grey level) squared: a pixel that was always white in 100 images may yet be a little grey


def draw_digits(ax, images, title):
    """A sheet of 8 x 8 images: rows x columns x 64 numbers."""
    rows, columns = images.shape[:2]
    sheet = np.pad(images.reshape(rows, columns, 8, 8), [(0, 0), (0, 0), (1, 0), (1, 0)])
    ax.imshow(sheet.transpose(0, 2, 1, 3).reshape(rows * 9, columns * 9), cmap="gray_r", vmin=0, vmax=16)
    ax.set(title=title, xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)


def some_of_each(X, y, count):
    """The first examples of each label: labels x count x 64."""
    return np.stack([X[y == k][:count] for k in range(10)])


with homework.figure():
    priors = np.asarray(class_priors(y_digits[:1000], 10))
    means, variances = map(np.asarray, estimate_parameters(X_digits[:1000], y_digits[:1000], 10, FLOOR))
    labels = np.asarray(predict(X_digits[1000:], priors, means, variances))
    X_made, y_made = map(np.asarray, sample(1000, priors, means, variances, np.random.default_rng(0)))

    fig, panels = plt.subplots(1, 4, figsize=(11, 5.4), width_ratios=[9, 1, 1, 9])
    draw_digits(panels[0], some_of_each(X_digits, y_digits, 9), "written by people")
    draw_digits(panels[1], means[:, None], "mean")
    draw_digits(panels[2], np.sqrt(variances)[:, None] * 2, "spread")
    draw_digits(panels[3], some_of_each(X_made, y_made, 9), "drawn from your model")
    wrong = np.mean(labels != y_digits[1000:])
    fig.suptitle(f"Digits: {wrong:.1%} wrong labels on the {len(labels)} images that were not fitted on")

# %% [markdown]
# **What do you see?** The model classifies well: it sees which digit is which in nine images of ten. But would you take its own digits for
# handwriting? Each *pixel* is drawn with the right mean and the right spread; the pixels are independent, so there are no strokes. The spreads (the third
# column; dark is wide) show where writers differ: at the edges of the strokes. In a real image these pixels vary *together*.
#
# A good classifier need not be a good model of the data. The models of the coming weeks do better on the right side of this figure.

# %% [markdown]
# ## 5. Does it know what it does not know?
#
# A new model, of the digits 0 to 4 only. It is shown four kinds of images: digits of the kinds it knows, but unseen; its own samples; the digits 5 to 9, which it has
# never met; and digits of the kinds it knows with all their pixels shuffled. On the left is your `log_evidence`, as surprisal: $-\log P(x)$. On the
# right is how sure your `posterior` is of its best label.

# %%
with homework.figure():
    known = y_digits < 5
    fitted, held_out = known & (np.arange(len(known)) < 1000), known & (np.arange(len(known)) >= 1000)
    priors = np.asarray(class_priors(y_digits[fitted], 5))
    means, variances = map(np.asarray, estimate_parameters(X_digits[fitted], y_digits[fitted], 5, FLOOR))
    rng = np.random.default_rng(1)
    kinds = {
        "own samples": (np.asarray(sample(400, priors, means, variances, rng)[0]), GREEN),
        "digits 0–4, unseen": (X_digits[held_out], BLUE),
        "digits 5–9": (X_digits[~known], VERMILION),
        "shuffled pixels": (X_digits[held_out][:, rng.permutation(64)], PURPLE),
    }
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True)
    for row, (X, colour) in enumerate(kinds.values()):
        log_joint = np.asarray(joint_log_prob(X, priors, means, variances))
        surprise = -np.asarray(log_evidence(log_joint))
        surest = np.max(posterior(X, priors, means, variances), axis=1)
        jitter = -row + rng.uniform(-0.3, 0.3, len(X))
        left.scatter(surprise, jitter, s=4, color=colour, alpha=0.5, linewidths=0)
        left.plot([np.median(surprise)] * 2, [-row - 0.4, -row + 0.4], color=BLACK, linewidth=2)
        share = np.mean(surest > 0.99)
        right.barh(-row, 100 * share, color=colour, height=0.6)
        right.text(100 * share - 2, -row, f"{share:.0%}", color="white", ha="right", va="center", weight="bold")
    left.set(
        title="Surprisal (one dot per image, bars are medians)",
        xlabel="−log P(x) (nats, logarithmic axis)",
        xscale="log",
    )
    ticks = [100, 200, 500, 1000, 2000]
    left.set_xticks(ticks, labels=[f"{t:,}" for t in ticks])
    left.set_xticks([], minor=True)
    left.set_yticks([-row for row in range(len(kinds))], labels=list(kinds))
    right.set(title="Images whose best label has probability > 0.99", xlabel="images (%)", xlim=(0, 100))

# %% [markdown]
# **What do you see?** The posterior does not know what it does not know. Shown a digit that it has never met, or plain noise, it names one of its
# five labels and is nearly as sure as ever: the posterior must sum to 1 over the labels there are. The evidence shows it: unknown digits are more surprising,
# shuffled ones far more. The two clouds of real digits overlap, though: with this model $P(x)$ is a warning, not a proof.
#
# A discriminative model has the right panel only.

# %% [markdown]
# ## 6. Written questions
#
# These two are read by a person and carry no points here.
#
# **(a) Derive.** Two classes share the variance of each feature, $\sigma_{1j}^2 = \sigma_{0j}^2 = \sigma_j^2$. Write out
# $\log P(y{=}1 \mid x) - \log P(y{=}0 \mid x)$ and show that it is $\theta^\top x + b$. What are $\theta$ and $b$? What is left over when the variances differ?

# %% [markdown]
# *Your answer:*

# %% [markdown]
# **(b) Explain the gap.** To your eye, the model's own samples look far worse than people's digits (section 4). To the model, the two are about equally
# surprising (section 5). What do you look at that the model does not? Which assumption is to blame, and what would a model need that makes real strokes?

# %% [markdown]
# *Your answer:*
