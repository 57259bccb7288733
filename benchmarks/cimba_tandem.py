"""The plain tandem in cimba (a compiled engine), in its own words: servers that take from a store and put in the next."""

import cimba
import numpy as np
from cimba import random

from kring.simulation.tests.peers import RATES, SERVERS

MEANS = tuple(1 / rate for rate in RATES)


class Tandem(cimba.Model):
    n: cimba.Param[int]
    q0: cimba.Store[float]
    q1: cimba.Store[float]
    q2: cimba.Store[float]
    q3: cimba.Store[float]
    w: cimba.Array[float]
    o0: cimba.Output[float]
    o1: cimba.Output[float]
    o2: cimba.Output[float]
    o3: cimba.Output[float]

    @cimba.process
    def arrivals(self):
        for _ in range(self.n):
            cimba.hold(random.exponential(1.0))
            self.q0.put(cimba.now())

    @cimba.process(copies=SERVERS[0])
    def first(self):
        while True:
            a = self.q0.get()
            self.w[0] += cimba.now() - a
            cimba.hold(random.exponential(2.25))
            self.q1.put(cimba.now())

    @cimba.process(copies=SERVERS[1])
    def second(self):
        while True:
            a = self.q1.get()
            self.w[1] += cimba.now() - a
            cimba.hold(random.exponential(4.0))
            self.q2.put(cimba.now())

    @cimba.process(copies=SERVERS[2])
    def third(self):
        while True:
            a = self.q2.get()
            self.w[2] += cimba.now() - a
            cimba.hold(random.exponential(6.8))
            self.q3.put(cimba.now())

    @cimba.process(copies=SERVERS[3])
    def fourth(self):
        while True:
            a = self.q3.get()
            self.w[3] += cimba.now() - a
            cimba.hold(random.exponential(10.8))
            self.w[4] += 1.0
            if self.w[4] >= self.n:
                cimba.end_trial()

    @cimba.on_end
    def measure(self):
        self.o0 = self.w[0] / self.n
        self.o1 = self.w[1] / self.n
        self.o2 = self.w[2] / self.n
        self.o3 = self.w[3] / self.n


def with_cimba(customers: int, seed: int) -> list[float]:
    model = Tandem()
    model.n = customers
    model.w = cimba.Array(5)
    window = cimba.Window(warmup=0, duration=customers * 3.0)
    results = cimba.Experiment(model, replications=1, window=window, seed=seed).run()[model]
    return [float(np.ravel(getattr(results, f"o{k}"))[0]) for k in range(4)]


assert [round(mean, 6) for mean in MEANS] == [2.25, 4.0, 6.8, 10.8]
