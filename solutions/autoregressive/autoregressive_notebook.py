# %% [markdown]
# # One token at a time: see what you wrote
#
# Your functions live in `autoregressive.py`, beside this notebook. Open it in another tab, write a function, **save the file**, and run a
# cell here: before every cell the file is checked for changes, and loaded again if there are any. If it cannot be loaded (a bracket is missing, say), the line is shown, and no check passes until it can.
#
# The functions are yours, plotting code is given. A figure that needs a function you have not written yet says so. What each function must do
# is described in `README.md`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import PowerNorm

from autograder.doors.notebook import BLACK, BLUE, SKY, VERMILION, Homework
from given import corpus

homework = Homework("autoregressive", globals())
grader = homework.grader

# %% [markdown]
# The corpus is the first half of *Alice's Adventures in Wonderland* (1865), in small letters and spaces: 27 tokens. A sequence is a sentence. The last
# 150 sentences are held out: no model sees them before it is judged by them.

# %%
texts = corpus.sentences()
seen, held_out = ([corpus.encode(text) for text in part] for part in (texts[:-150], texts[-150:]))
V = len(corpus.LETTERS)
print(f"{len(seen)} sentences with {sum(map(len, seen)):,} tokens to learn from, such as:")
print(f"  {texts[2][:72]} ...\n  as tokens: {seen[2][:12]} ...")

# %% [markdown]
# ## 1. Learning is counting
#
# The chain rule is true of every model, $P(x_1, \dots, x_T) = \prod_t P(x_t \mid x_{<t})$. Yours is allowed to remember one token, and then everything
# it can know about English fits in a table of 27 rows.

# %%
grader.check("fit_bigram")

# %%
with homework.figure():
    initial, transition = (np.asarray(table) for table in fit_bigram(seen, V, 0))
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 8), width_ratios=(1, 27))
    norm = PowerNorm(0.5, vmin=0, vmax=1)
    left.imshow(initial[:, np.newaxis], norm=norm)
    shown = right.imshow(transition, norm=norm)
    left.set(title="initial", xticks=[], ylabel="first token $a$")
    right.set(title="transition: P(b follows a)", xlabel="next token $b$", ylabel="token before, $a$")
    right.set_xticks(range(V), corpus.SHOWN)
    for ax in (left, right):
        ax.set_yticks(range(V), corpus.SHOWN)
        ax.grid(visible=False)
    fig.colorbar(shown, label="probability (colours on a square-root scale)", shrink=0.8)

# %% [markdown]
# **What do you see?** Each row sums to 1. One entry is exactly 1, in the row of *q*. Find the vowels: after which letters do they follow, and where do you see that two
# vowels in a row are rarer? Which letters end words (column ␣) and which never do? Nothing in the data says what a vowel is.

# %% [markdown]
# ## 2. What comes next?
#
# This is the question that every autoregressive model answers. GPT answers it with the whole prefix in mind. Yours?

# %%
grader.check("next_token_distribution")

# %%
with homework.figure():
    initial, transition = fit_bigram(seen, V, 0.1)
    prefixes = ("", "q", "th", "with")
    fig, axes = plt.subplots(4, 1, figsize=(9, 8), sharex=True, sharey=True)
    for ax, prefix in zip(axes, prefixes):
        ax.bar(range(V), next_token_distribution(corpus.encode(prefix), initial, transition), color=BLUE)
        ax.set(title=f"after “{prefix}”" if prefix else "at the beginning", ylabel="probability")
        ax.set_xticks(range(V), corpus.SHOWN)
        ax.grid(visible=False, axis="x")
    axes[-1].set_xlabel("next token")

# %% [markdown]
# **What do you see?** Beginnings differ from middles: that is why there are two tables. And the last two pictures are the same. After *th* we would bet on *e*, after *with* on a
# space; the model sees an *h* both times. It cannot use what came before: that is the price of $P(x_t \mid x_{<t}) = P(x_t \mid x_{t-1})$.

# %% [markdown]
# ## 3. How surprising is a text?
#
# The *surprisal* of a token is $-\log P(x_t \mid x_{<t})$, the difference between your log-probabilities of two prefixes. The surprisals of all tokens add up to
# $-\log P$ of the sentence.

# %%
grader.check("sequence_log_prob")

# %%
with homework.figure():
    initial, transition = fit_bigram(seen, V, 0.1)
    sentence = "the white rabbit was late"
    totals = []
    fig, axes = plt.subplots(2, 1, figsize=(9, 5.6), sharey=True)
    for ax, text, title in zip(axes, (sentence, sentence[::-1]), ("As it is written", "Backwards")):
        tokens = corpus.encode(text)
        log_probs = [sequence_log_prob(tokens[:t], initial, transition) for t in range(1, len(tokens) + 1)]
        surprises = -np.diff(log_probs, prepend=0)
        totals.append(log_probs[-1])
        ax.bar(range(len(tokens)), surprises, color=np.where(surprises > np.log(V), VERMILION, SKY))
        ax.axhline(np.log(V), color=BLACK, linestyle="--", label=f"all {V} tokens equally likely: log {V}")
        ax.set(title=f"{title}: log P = −{-totals[-1]:.1f}", ylabel="surprisal (nats)")
        ax.set_xticks(range(len(tokens)), text.replace(" ", "␣"))
        ax.grid(visible=False, axis="x")
    axes[0].legend(loc="upper right")
    axes[1].set_xlabel("token")
    print(f"P(as it is written) / P(backwards) = e^{totals[0] - totals[1]:.0f}")

# %% [markdown]
# **What do you see?** Most letters have a lower surprisal than a throw of a 27-sided die would (the dashed line). The same letters in the reverse order are a much less likely text: the model has
# learnt a direction. Try a sentence of your own, one in another language, or one with an *x* after a *q*.

# %% [markdown]
# ## 4. Perplexity on held-out text
#
# Perplexity is exp of the mean surprisal: how many equally likely tokens would the model be choosing among? It says how good the model is only on text that was held out.

# %%
grader.check("perplexity")

# %%
with homework.figure():
    pseudocounts = np.logspace(-3, 4, 22)
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.4), sharey=True)
    for ax, few in zip(axes, (seen[:20], seen)):
        on_seen, on_held_out = [], []
        for pseudocount in pseudocounts:
            initial, transition = fit_bigram(few, V, pseudocount)
            on_seen.append(perplexity(few, initial, transition))
            on_held_out.append(perplexity(held_out, initial, transition))
        best = int(np.argmin(on_held_out))
        ax.plot(pseudocounts, on_seen, "o--", color=SKY, markersize=4, label="text it learnt from")
        ax.plot(pseudocounts, on_held_out, "s-", color=BLUE, markersize=4, label="held-out text")
        ax.plot(
            pseudocounts[best], on_held_out[best], "*", color=VERMILION, markersize=16, label="best on held-out text"
        )
        ax.axhline(V, color=BLACK, linestyle=":", label=f"uniform: {V}")
        ax.set(title=f"Learnt from {len(few)} sentences", xlabel=r"pseudocount $\alpha$", xscale="log", ylim=(0, 29))
        nothing_added = perplexity(held_out, *fit_bigram(few, V, 0))
        print(f"{len(few):3} sentences: perplexity of the held-out text without a pseudocount: {nothing_added}")
    axes[0].set_ylabel("perplexity (tokens)")
    axes[1].legend(loc="center left")

# %% [markdown]
# **What do you see?** On the text it learnt from, less prior is always better. On other text there is a best value in between, and without any pseudocount the perplexity is
# infinite: one pair that was never seen is enough to make 150 sentences impossible. It is the trade-off of MAP estimation again, fit against prior. With
# more text the prior matters less: the minimum is flat, and lower.
#
# About 10 is the limit for pairs of letters. Shannon (1951) found 3.3 bits per letter for them, and $2^{3.3} \approx 10$. To do better, a model must remember more than one token.

# %% [markdown]
# ## 5. Making something new
#
# A generative model can do what no classifier can. Ancestral sampling: draw the first token, then the next one given the first, then the next ...

# %%
grader.check("sample_sequence")

# %% [markdown]
# Three models write. The third is your same code, with words as tokens: those that occur at least three times, and … for all others.

# %%
with homework.figure():
    words = corpus.vocabulary(texts[:-150], at_least=3)
    in_words = [corpus.encode_words(text, words) for text in texts[:-150]]
    models = {
        "uniform": fit_bigram(seen, V, 1e9),
        "pairs of letters": fit_bigram(seen, V, 0.1),
        "pairs of words": fit_bigram(in_words, len(words), 0),
    }
    rng = np.random.default_rng(1865)
    for name, (initial, transition) in models.items():
        print(f"{name}:")
        for _ in range(3):
            if name == "pairs of words":
                tokens = sample_sequence(15, initial, transition, rng)
                print("   ", " ".join(words[token] for token in tokens))
            else:
                print("   ", corpus.decode(sample_sequence(75, initial, transition, rng)))

    initial, transition = models["pairs of letters"]
    drawn = np.concatenate([sample_sequence(100, initial, transition, rng) for _ in range(100)])
    fig, ax = plt.subplots(figsize=(9, 3.6))
    places = np.arange(V)
    for tokens, label, colour, shift in ((np.concatenate(seen), "Carroll", BLACK, -0.2), (drawn, "yours", SKY, 0.2)):
        ax.bar(places + shift, np.bincount(tokens, minlength=V) / len(tokens), width=0.4, color=colour, label=label)
    ax.set(title="How often each token occurs", xlabel="token", ylabel="proportion of all tokens")
    ax.set_xticks(places, corpus.SHOWN)
    ax.grid(visible=False, axis="x")
    ax.legend()

# %% [markdown]
# **What do you see?** 10,000 letters drawn from your model occur as often as Carroll's do, although nothing in the model says how often a letter should occur: it follows from the pairs.
# And the texts? Pairs of letters give something that could be pronounced, pairs of words almost a grammar, with no thought that lasts longer than two words. Each step adds
# memory, and each multiplies the table: $27^2 = 729$ entries for letters, more than 300,000 for words, most of them 0. A table for the last
# ten words would be too large for any computer. A transformer is an answer to that: it computes the row instead of storing it.

# %% [markdown]
# What does the pseudocount do to the text? With ipywidgets, move the slider: it is $\log_{10}$ of the pseudocount $\alpha$.


# %%
@homework.sliders(log10_pseudocount=("log₁₀ α", -2, 5, 0.0))
def pseudocount_and_text(log10_pseudocount):
    initial, transition = fit_bigram(seen, V, 10**log10_pseudocount)
    rng = np.random.default_rng(1865)
    lines = [corpus.decode(sample_sequence(75, initial, transition, rng)) for _ in range(4)]

    fig, (row, text) = plt.subplots(2, 1, figsize=(9, 4), height_ratios=[3, 1])
    row.bar(range(V), next_token_distribution(corpus.encode("q"), initial, transition), color=BLUE)
    pseudocount = f"{10**log10_pseudocount:.2g}" if log10_pseudocount < 1 else f"{10**log10_pseudocount:,.0f}"
    row.set(title=f"pseudocount {pseudocount}: after “q”", ylabel="probability", ylim=(0, 1))
    row.set_xticks(range(V), corpus.SHOWN)
    row.grid(visible=False, axis="x")
    text.text(0, 0.95, "\n".join(lines), family="monospace", fontsize=9, va="top")
    text.axis("off")


# %% [markdown]
# **What do you see?** A small pseudocount keeps what never occurred rare; a large one outweighs the counts of the rare letters first. *q* is rare, so that *qu* is lost early.
#
# ## 6. Written questions
#
# These two are read by a person and carry no points here.
#
# **(a) Derive.** Show that the proportions of counts, $\hat A_{ab} = c_{ab} / \sum_{b'} c_{ab'}$, maximise the log-likelihood $\sum_{ab} c_{ab} \log A_{ab}$ when every row of $A$ must sum to 1. (One Lagrange
# multiplier for each row.) Which pseudo-data would give the same estimate as the pseudocount $\alpha$?

# %% [markdown]
# *Your answer:*

# %% [markdown]
# **(b) Explain the gap.** The model that learnt from 20 sentences has a lower perplexity on *its* text than the one that learnt from 598 has on *its* text, at the left end of the figure. On held-out text it is the
# other way round. Why, and which of the four numbers would you print in a paper?

# %% [markdown]
# *Your answer:*
