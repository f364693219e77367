import numpy as np
from mlxtend.classifier import LogisticRegression


def _model(theta, l2_lambda=0.0):
    model = LogisticRegression(l2_lambda=l2_lambda)
    model.w_, model.b_ = np.array(theta, dtype=float)[:, None], np.zeros(1)
    return model


def predict_proba(X, theta):
    return _model(theta).predict_proba(X)


def log_likelihood(X, y, theta):
    model = _model(theta)
    return -model._logit_cost(y, model._forward(X))


def gradient(X, y, theta, prior_precision):
    # One step of its descent, of size 1.
    model = LogisticRegression(eta=1.0, epochs=1, l2_lambda=prior_precision)
    model.w_, model.b_, model.cost_ = np.array(theta, dtype=float)[:, None], np.zeros(1), []
    model._check_target_array = lambda *_, **__: None  # it refuses labels that are all the same
    model._fit(X, y, init_params=False)
    return model.w_[:, 0] - theta


def fit(X, y, prior_precision):
    # Its intercept cannot be left out.
    return LogisticRegression(eta=0.01, epochs=300, l2_lambda=prior_precision, random_seed=0).fit(X, y).w_[:, 0]


def predict(X, theta):
    return _model(theta)._predict(X)
