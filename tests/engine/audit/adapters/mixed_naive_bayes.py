import numpy as np
from mixed_naive_bayes import MixedNB


def posterior(X, priors, means, variances):
    # It squeezes axes of length 1 away, so every example is there twice, and beside the classes one that is impossible.
    X, priors = np.vstack([X, X]), np.append(priors, 0.0)
    model = MixedNB()
    model.theta, model.sigma, model.epsilon = np.vstack([means, means[:1]]), np.vstack([variances, variances[:1]]), 0.0
    model.priors, model.num_features = priors, X.shape[1]
    model.gaussian_features, model.categorical_features = np.arange(X.shape[1]), np.arange(0)
    model._is_fitted = True
    return model.predict_proba(X)[: len(X) // 2, :-1]
