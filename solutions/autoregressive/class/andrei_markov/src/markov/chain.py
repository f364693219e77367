from __future__ import annotations

from math import exp, inf, log


class Chain:
    def __init__(self, initial, transition):
        self.initial = initial
        self.transition = transition

    def after(self, prefix):
        return self.transition[prefix[-1]] if len(prefix) else self.initial

    def log_prob(self, s):
        total = 0.0
        for t in range(len(s)):
            p = self.after(s[:t])[s[t]]
            if p <= 0:
                return -inf
            total += log(p)
        return total

    def perplexity(self, corpus):
        return exp(-sum(map(self.log_prob, corpus)) / sum(map(len, corpus)))

    def walk(self, length, rng):
        s = []
        for _ in range(length):
            s.append(int(rng.multinomial(1, self.after(s)).argmax()))
        return s
