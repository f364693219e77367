"""What the notebooks say is to be seen in their figures, computed with the references as the figures are."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from tests.course.reproduction.sources import dataset, given, notebook, reference, text


def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


@pytest.fixture(scope="module")
def digits():
    """All digits, in the order in which the notebooks shuffle them."""
    data = dataset("digits")
    order = np.random.default_rng(0).permutation(len(data.data))
    return data.data[order], data.target[order]


@pytest.fixture(scope="module")
def petals():
    iris = dataset("iris")
    return iris.data[:, 2:], iris.target


def test_softmax_which_priors_are_good_on_five_digits():
    from scipy.optimize import minimize

    softmax = reference("softmax_regression")
    data = dataset("digits")
    few = data.target < 5
    X, y = with_ones((data.data[few] - 8) / 8), data.target[few]
    assert 5 * X.shape[1] == 325

    def fit(rows, precision):  # with L-BFGS, which is faster here than the reference
        def down(weights):
            Theta = weights.reshape(5, -1)
            model = X[rows], y[rows], Theta, precision
            return -softmax.log_posterior(*model), -softmax.gradient(*model).ravel()

        return minimize(down, np.zeros(325), jac=True, method="L-BFGS-B").x.reshape(5, -1)

    wrong = []
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(len(X))
        parts = order[:150], order[150:]
        fits = [fit(parts[0], precision) for precision in (0.1, 1.0, 10.0, 100.0)]
        wrong += [[100 * np.mean(softmax.predict(X[rows], t) != y[rows]) for t in fits] for rows in parts]
    fitted, others = np.mean(wrong[::2], axis=0), np.mean(wrong[1::2], axis=0)
    assert (fitted[:2] == 0).all()
    assert others == pytest.approx([2.6, 2.7, 3.6, 6.5], abs=0.06)
    claims = notebook("softmax_regression")
    assert "With 325 weights and 150 digits the model fits all training digits unless the prior is strong" in claims
    assert "the error is 2.6 to 2.7 % for every $\\lambda$ up to 1, and 3.6 and 6.5 % for the stronger ones" in claims


def test_softmax_where_three_species_are_equally_probable(petals):
    softmax = reference("softmax_regression")
    X, y = petals
    X = with_ones((X - X.mean(axis=0)) / X.std(axis=0))
    in_view = []
    for precision in (10.0, 0.1, 0.001):
        Theta = softmax.fit(X, y, 3, precision)
        differences = Theta[1:] - Theta[0]
        meeting = np.linalg.solve(differences[:, :2], -differences[:, 2])
        assert softmax.predict_proba(np.append(meeting, 1)[np.newaxis], Theta) == pytest.approx(1 / 3)
        in_view.append(bool((np.abs(meeting) < 2).all()))
    assert in_view == [True, False, False]
    assert "on the left it is in view, for weaker priors it is far outside" in notebook("softmax_regression")


def test_naive_bayes_of_irises(petals):
    bayes = reference("naive_bayes")
    X, y = petals
    priors = bayes.class_priors(y, 3)
    means, variances = bayes.estimate_parameters(X, y, 3)
    assert bayes.predict(np.array([[6.5, 0.0]]), priors, means, variances) == [2]
    assert "A flower with petals 6.5 cm long and next to no width would be a virginica there" in notebook("naive_bayes")
    assert np.mean(bayes.predict(X, priors, means, variances) != y) < 0.05
    length = bayes.estimate_parameters(X[:, :1], y, 3)
    assert (bayes.posterior(np.array([[8.0], [2.6]]), priors, *length).max(axis=1) > 0.999).all()
    assert "look at 8 cm, and at 2.6 cm: hardly any iris is there, and the posterior is certain" in notebook(
        "naive_bayes"
    )
    assert not ((X[:, 0] > 7) | ((X[:, 0] > 2) & (X[:, 0] < 2.9))).any()


def test_naive_bayes_of_digits(digits):
    bayes = reference("naive_bayes")
    X, y = digits
    model = bayes.class_priors(y[:1000], 10), *bayes.estimate_parameters(X[:1000], y[:1000], 10, 0.25)
    assert np.mean(bayes.predict(X[1000:], *model) == y[1000:]) == pytest.approx(0.9, abs=0.01)
    assert "it sees which digit is which in nine images of ten" in notebook("naive_bayes")

    known, first = y < 5, np.arange(len(y)) < 1000
    fitted, unseen = known & first, known & ~first
    model = bayes.class_priors(y[fitted], 5), *bayes.estimate_parameters(X[fitted], y[fitted], 5, 0.25)
    rng = np.random.default_rng(1)
    own = bayes.sample(400, *model, rng)[0]
    shuffled = X[unseen][:, rng.permutation(64)]
    surprisal, sure = {}, {}
    for name, images in (("own", own), ("unseen", X[unseen]), ("new", X[~known]), ("shuffled", shuffled)):
        surprisal[name] = -bayes.log_evidence(bayes.joint_log_prob(images, *model))
        sure[name] = np.mean(bayes.posterior(images, *model).max(axis=1) > 0.99)
    medians = {name: np.median(values) for name, values in surprisal.items()}
    assert medians["unseen"] < medians["new"] < medians["shuffled"] / 10
    assert medians["own"] == pytest.approx(medians["unseen"], rel=0.1)
    assert min(sure.values()) > 0.85
    assert surprisal["unseen"].max() > np.median(surprisal["new"])
    claims = notebook("naive_bayes")
    assert "unknown digits are more surprising, shuffled ones far more" in claims
    assert "the two are about equally surprising" in claims


def test_latent_variables_how_many_and_how_exactly_known(digits):
    latent = reference("latent_variables")
    X, _ = digits

    def principal_model(X, q):
        mean = X.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov(X.T, bias=True))
        noise = values[:-q].mean()
        return vectors[:, -q:] * np.sqrt(np.maximum(values[-q:] - noise, 0)), mean, noise

    numbers = (4, 8, 12, 16, 24)
    models = [principal_model(X[:80], q) for q in numbers]
    fitted, others = (
        [np.mean(latent.log_marginal_likelihood(rows, *m)) for m in models] for rows in (X[:80], X[80:1080])
    )
    assert (np.diff(fitted) > 0).all()
    assert numbers[int(np.argmax(others))] == 12
    assert "What was fitted is always fitted better with more latent variables" in notebook("latent_variables")
    centres, covariance = latent.latent_posterior(X[:700], *principal_model(X, 2))
    assert (np.sqrt(np.diag(covariance)) > 0.2 * centres.std(axis=0)).all()
    assert (np.sqrt(np.diag(covariance)) < centres.std(axis=0) / 2).all()


def test_latent_variables_ten_of_them_and_ten_thousand_draws():
    latent = reference("latent_variables")
    rng = np.random.default_rng(1)
    model = rng.normal(size=(20, 10)), np.zeros(20), 0.1
    X = latent.sample(15, *model, rng)[0]
    errors = latent.monte_carlo_log_marginal(X, *model, 10_000, rng) - latent.log_marginal_likelihood(X, *model)
    assert np.sqrt(np.mean(errors**2)) == pytest.approx(100, abs=50)
    assert (errors < 0).all()
    assert np.sqrt(np.diag(latent.latent_posterior(X, *model)[1])) == pytest.approx(0.1, abs=0.04)
    claims = notebook("latent_variables")
    assert "With ten hidden numbers the error is a hundred nats after ten thousand draws" in claims
    assert "Each latent variable is known to a standard deviation of about 0.1 after seeing $x$" in claims


@pytest.fixture(scope="module")
def alice():
    """The corpus as the notebook splits it."""
    corpus = given("autoregressive/given/corpus.py")
    texts = corpus.sentences()
    seen, held_out = ([corpus.encode(t) for t in part] for part in (texts[:-150], texts[-150:]))
    return SimpleNamespace(corpus=corpus, texts=texts, seen=seen, held_out=held_out)


def test_autoregressive_what_the_tables_show(alice):
    bigram = reference("autoregressive")
    _, transition = bigram.fit_bigram(alice.seen, 27, 0)
    (certain,) = np.argwhere(transition == 1)
    assert "".join(alice.corpus.LETTERS[i] for i in certain) == "qu"
    assert "One entry is exactly 1, in the row of *q*" in notebook("autoregressive")

    model = bigram.fit_bigram(alice.seen, 27, 0.1)
    tokens = alice.corpus.encode("the white rabbit was late")
    log_probs = [bigram.sequence_log_prob(tokens[:t], *model) for t in range(1, len(tokens) + 1)]
    assert np.mean(-np.diff(log_probs, prepend=0) < np.log(27)) > 0.8
    assert bigram.sequence_log_prob(tokens[::-1], *model) < log_probs[-1] - 40
    assert "Most letters have a lower surprisal than a throw of a 27-sided die would" in notebook("autoregressive")

    rng = np.random.default_rng(1865)
    drawn = np.concatenate([bigram.sample_sequence(100, *model, rng) for _ in range(100)])
    theirs, own = (np.bincount(t, minlength=27) / len(t) for t in (np.concatenate(alice.seen), drawn))
    assert own == pytest.approx(theirs, abs=0.015)
    assert "10,000 letters drawn from your model occur as often as Carroll's do" in notebook("autoregressive")


def test_autoregressive_perplexities(alice):
    bigram = reference("autoregressive")
    own, others, best = [], [], []
    for few in (alice.seen[:20], alice.seen):
        own.append(bigram.perplexity(few, *bigram.fit_bigram(few, 27, 0.001)))
        curve = [
            bigram.perplexity(alice.held_out, *bigram.fit_bigram(few, 27, a)) for a in (0, 0.001, 0.2, 0.5, 5, 100)
        ]
        assert curve[0] == np.inf
        others.append(curve[1])
        best.append(min(curve[2:4]))
        assert best[-1] < min(curve[1], *curve[4:])
    assert own[0] < own[1]
    assert others[0] > others[1]
    assert best[1] < best[0]
    assert best[1] == pytest.approx(10, abs=0.5)
    assert len(alice.seen) == 598
    claims = notebook("autoregressive")
    assert "has a lower perplexity on *its* text than the one that learnt from 598 has on *its* text" in claims
    assert "About 10 is the limit for pairs of letters" in claims
    assert "bring it from 27 down to about 10" in text("autoregressive/README.md")


def test_autoregressive_the_table_of_words(alice):
    words = alice.corpus.vocabulary(alice.texts[:-150], at_least=3)
    pairs = set()
    for sentence in alice.texts[:-150]:
        tokens = alice.corpus.encode_words(sentence, words).tolist()
        pairs.update(pairwise(tokens))
    assert 300_000 < len(words) ** 2 < 350_000
    assert len(pairs) < len(words) ** 2 / 20
    claim = "$27^2 = 729$ entries for letters, more than 300,000 for words, most of them 0"
    assert claim in notebook("autoregressive")


def test_two_paths_where_each_term_is_largest():
    paths, experiments = reference("two_paths"), given("two_paths/given/experiments.py")
    weights = np.linspace(-1.6, 1.2, 15)
    highest = []
    for correlation in (0.0, 0.5):
        X, y = experiments.two_normals(20_000, correlation, np.random.default_rng(8))
        tables = [
            experiments.joint_table(X, np.array([0.5, 0.5]), np.array([[-1, -w / 2], [1, w / 2]]), np.ones(2))
            for w in weights
        ]
        joint = [paths.joint_log_likelihood(t, y) for t in tables]
        conditional = [paths.conditional_log_likelihood(t, y) for t in tables]
        marginal = [paths.marginal_log_likelihood(t) for t in tables]
        highest.append([weights[int(np.argmax(term))] for term in (joint, conditional, marginal)])
    assert highest[0] == pytest.approx([0, 0, 0], abs=0.1)
    assert highest[1][0] == pytest.approx(0, abs=0.1)
    assert highest[1][1] < -0.8
    assert highest[1][2] > 0.5
    assert "On the left the three dots coincide" in notebook("two_paths")
    assert "the labels would be predicted best with a *negative* weight" in notebook("two_paths")


def test_two_paths_the_larger_the_correlation_the_fewer_errors_of_the_tilted_line():
    paths, experiments = reference("two_paths"), given("two_paths/given/experiments.py")
    joint, conditional, slopes = {}, {}, {}
    for rho in (-0.95, -0.5, 0.0, 0.5, 0.8, 0.95):
        X, y = experiments.two_normals(2000, rho, np.random.default_rng(8))
        means = np.stack([X[y == k].mean(axis=0) for k in (0, 1)])
        bayes = paths.logistic_from_naive_bayes(np.bincount(y) / len(y), means, paths.pooled_variance(X, y, 2))
        logistic = experiments.most_probable(X, y, 0.01)
        joint[rho], conditional[rho] = (np.mean((X @ t + c > 0) != y) for t, c in (bayes, logistic))
        slopes[rho] = logistic[0][1] / logistic[0][0]
    assert conditional[0.0] > conditional[0.5] > conditional[0.8] > conditional[0.95]
    assert conditional[0.0] > conditional[-0.5] > conditional[-0.95]
    assert list(slopes.values()) == sorted(slopes.values(), reverse=True)
    assert max(joint.values()) - min(joint.values()) < 0.02
    claim = "The larger the correlation, of either sign, the more the dashed line tilts and the fewer errors it makes"
    assert claim in notebook("two_paths")
