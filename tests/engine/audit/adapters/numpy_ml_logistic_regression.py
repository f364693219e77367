import importlib.util
import sys
import types

# As a whole the package wants Python 3.9 and helpers for reinforcement learning; only its linear models are loaded.
for _name in ("numpy_ml", "numpy_ml.utils"):
    _location = importlib.util.find_spec("numpy_ml" if _name == "numpy_ml" else _name).submodule_search_locations
    sys.modules[_name] = types.ModuleType(_name)
    sys.modules[_name].__path__ = list(_location)
    sys.modules[_name].__spec__ = None

from numpy_ml.linear_models.lm import LogisticRegression  # noqa: E402  (loaded as prepared above)


def predict_proba(X, theta):
    model = LogisticRegression(fit_intercept=False)
    model.beta = theta
    return model.predict(X)


def gradient(X, y, theta, prior_precision):
    model = LogisticRegression(penalty="l2", gamma=prior_precision, fit_intercept=False)
    model.beta = theta
    return -len(y) * model._NLL_grad(X, y, model.predict(X))
