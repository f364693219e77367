import numpy as np
from sklearn.linear_model import LogisticRegression


def _model(theta):
    model = LogisticRegression()
    model.classes_, model.coef_, model.intercept_ = np.arange(2), np.asarray(theta)[None], np.zeros(1)
    model.n_features_in_ = len(theta)
    return model


def predict_proba(X, theta):
    return _model(theta).predict_proba(X)[:, 1]


def fit(X, y, prior_precision):
    model = LogisticRegression(C=1 / prior_precision, fit_intercept=False, tol=1e-12, solver="newton-cholesky")
    # It refuses labels that are all the same, so both are there, without weight.
    X = np.vstack([X, np.zeros((2, X.shape[1]))])
    return model.fit(X, [*y, 0, 1], sample_weight=[1.0] * len(y) + [0.0, 0.0]).coef_[0]


def predict(X, theta):
    return _model(theta).predict(X)
