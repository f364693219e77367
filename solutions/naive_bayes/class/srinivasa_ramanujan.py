from numpy import *

N = lambda x, m, v: -(log(2*pi*v) + (x - m)**2/v)/2
L = lambda X, m, v: N(X[:, None], m, v).sum(2)

class_priors = lambda y, n_classes: bincount(y, minlength=n_classes)/len(y)
gaussian_log_density = N
class_log_likelihood = lambda X, means, variances: L(X, means, variances)
joint_log_prob = lambda X, priors, means, variances: L(X, means, variances) + log(priors)
log_evidence = lambda joint: logaddexp.reduce(joint, 1)
posterior = lambda X, priors, means, variances: (lambda a: exp(a - logaddexp.reduce(a, 1)[:, None]))(L(X, means, variances) + log(priors))
predict = lambda X, priors, means, variances: (L(X, means, variances) + log(priors)).argmax(1)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    if any(bincount(y, minlength=n_classes) == 0): raise ValueError
    p = [(X[y == k].mean(0), X[y == k].var(0)) for k in range(n_classes)]
    return array([m for m, _ in p]), maximum([v for _, v in p], variance_floor)


def sample(n, priors, means, variances, rng):
    y = rng.choice(arange(len(priors)), n, p=priors)
    return means[y] + sqrt(variances[y])*rng.standard_normal((n, means.shape[1])), y
