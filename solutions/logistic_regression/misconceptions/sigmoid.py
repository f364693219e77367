"""Wrong sigmoids, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="your exponent has the wrong sign: you compute 1 / (1 + exp(z)), which is P(Y = 0)",
    hint="Should the probability of class 1 rise or fall as z grows? Try z = 2.",
)
def sign_of_the_exponent(z):
    return 1 / (1 + np.exp(np.asarray(z)))


@misconception(
    says="your sigmoid becomes nan for large z, because exp(z) overflows and infinity / infinity is not a number",
    hint="Compute your formula at z = 1000, factor by factor. Which exponentials stay small for which sign of z?",
)
def overflows_to_nan(z):
    return np.exp(z) / (1 + np.exp(z))


@misconception(
    says="you clip z to a narrow range, so that sigmoid(z) never comes close to 0 or 1",
    hint="sigmoid(15) is 1 − 3e-7, and your clipped z gives the same for z = 40. Beyond which z does exp overflow?",
)
def clips_z_at_15(z):
    return 1 / (1 + np.exp(-np.clip(z, -15, 15)))


@misconception(
    says="you clip z at 20, which leaves an error of 2e-9 beyond it; 1e-12 is asked for",
    hint="How large is exp(-20)? Which bound on z is harmless at an accuracy of 1e-12, and do you need one at all?",
)
def clips_z_at_20(z):
    return 1 / (1 + np.exp(-np.clip(z, -20, 20)))


@misconception(
    says="you keep the result away from 0 and 1 by a small epsilon; the sigmoid itself does not stay away",
    hint="The epsilon is there to protect a logarithm elsewhere. Is there a way to protect that logarithm without bending the sigmoid?",
)
def keeps_away_from_0_and_1(z):
    return np.clip(1 / (1 + np.exp(-np.asarray(z))), 1e-7, 1 - 1e-7)


@misconception(
    says="you return the derivative, sigmoid(z) (1 - sigmoid(z)), instead of the sigmoid",
    hint="What should the result be at z = 0, and for very large z?",
)
def derivative_instead(z):
    small = np.exp(-np.abs(z))
    return small / (1 + small) ** 2


@misconception(
    says="you use tanh as it is: its values run from -1 to 1",
    hint="tanh and the sigmoid have the same form. Which shift and which factor take the interval [-1, 1] to [0, 1]?",
    scale=(1.0,),
)
def tanh_not_shifted(z, scale=0.5):
    return np.tanh(scale * np.asarray(z))


@misconception(
    says="you use (1 + tanh(z)) / 2, which is sigmoid(2z): the argument of tanh must be halved",
    hint="Write tanh with exponentials and see which of them appears, exp(-z) or exp(-2z).",
)
def tanh_not_halved(z):
    return (1 + np.tanh(z)) / 2


@misconception(
    says="you round to 0 and 1; the sigmoid is a probability, not yet a decision",
    hint="What is the probability at z = 0.5? The decision is a question of its own: predict.",
)
def decides_already(z):
    return (np.asarray(z) >= 0).astype(float)


@misconception(
    says="you change z in place, so the caller's array is no longer what it was",
    hint="Operators such as `*=`, and `out=`, write into the array that came in. Which of your lines does that?",
)
def changes_z_in_place(z):
    z *= -1
    np.exp(z, out=z)
    return 1 / (1 + z)


@misconception(
    says="you return one number, normalised over all of z, like a softmax; sigmoid works elementwise",
    hint="Does your result for one element change when another element changes?",
)
def softmax_over_all(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


@misconception(
    says="math.exp raises OverflowError for z far below 0; the sigmoid there is 0",
    hint="How large can an exponent be before math.exp raises an error? Can the exponent be kept at or below 0?",
)
def math_exp_overflows(z):
    import math

    return np.array([1 / (1 + math.exp(-v)) for v in np.ravel(z)]).reshape(np.shape(z))


@misconception(
    says="you replace nan by 0, but where exp(z) overflows the sigmoid is 1",
    hint="Which z give nan in your formula? nan_to_num hides it; what is the limit there?",
)
def nan_replaced_by_0(z):
    e = np.exp(np.asarray(z))
    return np.nan_to_num(e / (1 + e))


@misconception(
    says="you clip z in the caller's array; the results are right, but the caller's numbers are not what they were",
    hint="`z[z > 500] = 500` writes into the array that came in. Which function gives a clipped copy?",
)
def clips_z_in_place(z):
    z = np.asarray(z, dtype=float)
    if z.ndim:
        z[z < -500] = -500
    return 1 / (1 + np.exp(-z))
