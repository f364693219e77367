"""A property that is made for one mistake meets it in more than a stray case."""

import warnings

import numpy as np
import pytest

from autograder.checks.judging import judge
from tests.course.grading.classes import assignment, wrong_answers

LEAST = 0.25
MADE_FOR = [
    ("latent_variables", "elbo", "only_the_prior_counts_without_w", "logarithm_of_det"),
    (
        "autoregressive",
        "sequence_log_prob",
        "all_sequences_of_one_length_share_probability_1",
        "counts_times_logarithms",
    ),
    ("autoregressive", "perplexity", "a_uniform_model_has_the_size_of_the_vocabulary", "multiplies_probabilities"),
    ("autoregressive", "sample_sequence", "pairs_follow_the_joint_distribution", "does_not_add_up"),
    ("naive_bayes", "predict", "small_cases_by_hand", "no_normalising_constants"),
]


@pytest.mark.parametrize(("name", "question", "made", "mistake"), MADE_FOR)
def test_a_quarter_of_the_cases_shows_the_mistake(name, question, made, mistake):
    master = assignment(name)
    wrong = next(w for w in wrong_answers(name) if (w.question, w.misconception) == (question, mistake))
    namespace = {"np": np}
    exec(wrong.source, namespace)
    namespace["reference"] = master.reference
    (found,) = (p for q in master.questions if q.name == question for p in q.properties if p.id == made)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = judge(found, namespace).result
    assert result.failing >= LEAST * result.cases
