"""Wrong gradient ascents, each with its name."""

import numpy as np

from autograder.checks import misconception


def _starts_anywhere(answers):
    """Without a step, every weight is small and not 0, and not the same one in every call."""
    starts = [answer.value[0] for answer in answers if answer.call.args[-1] == 0]
    weights = np.concatenate([np.ravel(start) for start in starts])
    return bool(np.all(weights != 0) and np.all(np.abs(weights) < 10) and len(np.unique(weights)) > len(weights) / 2)


@misconception(
    says="you step downhill: the step is subtracted, as for a loss; here the log-posterior is maximised",
    hint="Print your trace. Does it rise?",
)
def descends(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta - step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="your trace lacks its first entry: it has n_steps values, and the start belongs to it too",
    hint="How many values of θ are there from the start to the end of n_steps steps?",
)
def trace_without_the_start(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = []
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="your trace holds the log-posterior before each step, so the last θ has no entry",
    hint="To which θ does trace[-1] belong? How many entries belong to the start?",
    start_twice=(True,),
)
def trace_without_the_end(X, y, prior_precision, step_size, n_steps, start_twice=False):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)] if start_twice else []
    for _ in range(n_steps):
        trace.append(log_posterior(X, y, theta, prior_precision))
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta, np.array(trace)


@misconception(
    says="you take one step too many: the loop that fills the trace moves θ n_steps + 1 times",
    hint="With n_steps = 0, θ must stay at 0.",
    long_trace=(True,),
)
def one_step_too_many(X, y, prior_precision, step_size, n_steps, long_trace=False):
    theta = np.zeros(X.shape[1])
    trace = []
    for _ in range(n_steps + 1):
        trace.append(log_posterior(X, y, theta, prior_precision))
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta, np.array([*trace, log_posterior(X, y, theta, prior_precision)] if long_trace else trace)


@misconception(
    says="you take one step too few: the loop runs n_steps - 1 times",
    hint="With n_steps = 1, θ must have moved once.",
    short_trace=(True,),
)
def one_step_too_few(X, y, prior_precision, step_size, n_steps, short_trace=False):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps - 1):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace if short_trace else trace + trace[-1:] * (n_steps + 1 - len(trace)))


@misconception(
    says="your trace ignores the prior: it follows the log-likelihood instead of the log-posterior",
    hint="Which function do the steps increase? Is that the one you record?",
)
def traces_the_likelihood(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_likelihood(X, y, theta)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_likelihood(X, y, theta))
    return theta, trace


@misconception(
    says="your steps ignore the prior: they follow the gradient of the log-likelihood",
    hint="Is prior_precision passed on to the gradient?",
)
def steps_ignore_the_prior(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, 0.0)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you divide the gradient by n; the steps are defined with the gradient as it is, a sum",
    hint="Take the gradient of log_posterior as it is. What is the first step from zero?",
    prior_too=(False,),
)
def mean_gradient(X, y, prior_precision, step_size, n_steps, prior_too=True):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        precision = prior_precision if prior_too else len(y) * prior_precision
        theta = theta + step_size * gradient(X, y, theta, precision) / len(y)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you start from ones; the ascent starts at θ = 0",
    hint="What does the trace begin with at θ = 0?",
)
def starts_at_one(X, y, prior_precision, step_size, n_steps):
    theta = np.ones(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you start from small random weights; the ascent starts at θ = 0, and two runs must agree",
    hint="A neural network needs random weights to break its symmetry. Is there any symmetry to break here?",
    behaviour=_starts_anywhere,
)
def starts_at_random(X, y, prior_precision, step_size, n_steps):
    theta = np.random.default_rng(0).normal(scale=0.01, size=X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you compute the gradient once, at the start, and follow it all the way; it changes with θ",
    hint="Which line computes the gradient, and is it inside the loop?",
)
def gradient_of_the_start(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    uphill = gradient(X, y, theta, prior_precision)
    for _ in range(n_steps):
        theta = theta + step_size * uphill
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you ignore step_size and take steps of your own",
    hint="Double step_size: the first step must double, too.",
)
def own_step_size(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + 0.1 * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you let the step size decay from step to step; every step uses the same one",
    hint="What is the second step, according to the rule in the question?",
    rate=(0.1, 0.01, 0.001),
)
def decaying_steps(X, y, prior_precision, step_size, n_steps, rate=1.0):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for t in range(n_steps):
        theta = theta + step_size / (1 + rate * t) * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


@misconception(
    says="you update one weight after the other, each with the weights already moved; a step moves all of them from the same place",
    hint="At which θ is the second component of the gradient evaluated?",
)
def one_weight_at_a_time(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        for j in range(len(theta)):
            theta[j] += step_size * gradient(X, y, theta, prior_precision)[j]
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="you return θ only; the question asks for the pair (θ, trace)",
    hint="What does your return statement return?",
)
def forgets_the_trace(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta


@misconception(
    says="you trace the loss, the negative log-posterior; the trace of an ascent rises",
    hint="Which sign does log_posterior have at the start, and which has your trace[0]?",
)
def traces_the_loss(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [-log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(-log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="your trace takes the log of a rounded sigmoid: after a large step it holds −inf or nan",
    hint="Is there a function that gives the log-posterior for every θ, however large?",
)
def trace_overflows(X, y, prior_precision, step_size, n_steps):
    def height(theta):
        p = sigmoid(X @ theta)
        return np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) - prior_precision / 2 * np.sum(theta**2)

    theta = np.zeros(X.shape[1])
    trace = [height(theta)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(height(theta))
    return theta, np.array(trace)


@misconception(
    says="you stop when the log-posterior hardly changes; the question asks for exactly n_steps steps",
    hint="How many steps does your loop take when the first ones are tiny? Where does it leave early?",
    tolerance=(1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10),
)
def stops_when_it_hardly_rises(X, y, prior_precision, step_size, n_steps, tolerance=1e-2):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
        if abs(trace[-1] - trace[-2]) < tolerance:
            break
    return theta, np.array(trace + trace[-1:] * (n_steps + 1 - len(trace)))


@misconception(
    says="the last entry of your trace is left at 0: you record before each step, and not after the last one",
    hint="Which θ belongs to trace[-1], and which line writes it?",
)
def last_entry_of_the_trace_is_0(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta, trace


@misconception(
    says="you take back a step that lowers the log-posterior; the rule here takes every step as it is",
    hint="With a large step_size the trace may fall. Does yours, and does the rule in the question forbid it?",
)
def takes_steps_back(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        new = theta + step_size * gradient(X, y, theta, prior_precision)
        height = log_posterior(X, y, new, prior_precision)
        if height >= trace[-1]:
            theta = new
        trace.append(max(height, trace[-1]))
    return theta, np.array(trace)


@misconception(
    says="your steps add the prior's term where they should subtract it: it pushes θ away from 0",
    hint="A prior makes large weights less plausible. Which way should it pull a positive weight?",
)
def steps_add_the_prior(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, -prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="the prior's term in your steps has a wrong factor: the derivative of (prior_precision / 2) θ_j² is prior_precision θ_j",
    hint="What becomes of the 1/2 when a square is differentiated?",
    factor=(2.0,),
)
def steps_scale_the_prior(X, y, prior_precision, step_size, n_steps, factor=0.5):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, factor * prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="the penalty in your trace lacks its factor 1/2: the log-posterior subtracts (prior_precision / 2) Σ θ_j²",
    hint="Differentiate what you trace. Is it what your steps follow?",
)
def trace_without_the_half(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, 2 * prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, 2 * prior_precision))
    return theta, np.array(trace)


@misconception(
    says="your steps use predicted labels, 0 or 1, in place of probabilities: that is the perceptron's rule",
    hint="At θ = 0 nothing is predicted with certainty. What should y − p be there?",
    tie=(0,),
)
def steps_of_a_perceptron(X, y, prior_precision, step_size, n_steps, tie=1):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        guesses = np.where(X @ theta == 0, tie, X @ theta > 0)
        theta = theta + step_size * (X.T @ (y - guesses) - prior_precision * theta)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="you leave the loop as soon as the log-posterior hardly changes: the trace is shorter than n_steps + 1",
    hint="The question asks for exactly n_steps steps. Which line leaves the loop?",
    tolerance=(1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10),
)
def leaves_the_loop(X, y, prior_precision, step_size, n_steps, tolerance=1e-2):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
        if abs(trace[-1] - trace[-2]) < tolerance:
            break
    return theta, np.array(trace)


@misconception(
    says="you return the θ with the highest log-posterior on the way; the question asks for the θ after the last step",
    hint="With a large step_size the last step may lead down. To which entry of your trace does the θ that you return belong?",
)
def returns_the_best(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    path, trace = [theta], [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        path.append(theta)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return path[np.argmax(trace)], np.array(trace)


@misconception(
    says="you make the step size smaller when the log-posterior falls; every step uses the same one",
    hint="What is the step after one that overshoots, according to the rule in the question?",
    factor=(0.1, 0.2, 0.9),
)
def shorter_steps_after_a_fall(X, y, prior_precision, step_size, n_steps, factor=0.5):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
        step_size = step_size * factor if trace[-1] < trace[-2] else step_size
    return theta, np.array(trace)


@misconception(
    says="your steps have momentum: part of the step before is added; here a step is step_size times the gradient, and nothing else",
    hint="What is the second step, according to the rule in the question? Does it depend on the first one?",
    momentum=(0.5, 0.8, 0.95, 0.99),
)
def momentum(X, y, prior_precision, step_size, n_steps, momentum=0.9):
    theta, step = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        step = momentum * step + step_size * gradient(X, y, theta, prior_precision)
        theta = theta + step
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


@misconception(
    says="you treat a step size of 0 as if none were given, and use a default; with 0 no step moves θ",
    hint="What is `step_size or 0.1` for step_size = 0?",
    default=(0.01, 0.001, 1.0),
)
def step_size_of_0_replaced(X, y, prior_precision, step_size, n_steps, default=0.1):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + (step_size or default) * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)
