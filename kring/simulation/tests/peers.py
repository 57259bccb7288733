"""The plain tandem as other people's simulation libraries run it, for agreement and for speed.

Each function takes customers and seed and returns the mean wait per station. Their licences allow use as development
tools; nothing of them is shipped.
"""

import random
from itertools import pairwise

LAMBDA = 1.0
SERVERS = (3, 5, 8, 12)
LOADS = (0.75, 0.80, 0.85, 0.90)
RATES = tuple(LAMBDA / (servers * load) for servers, load in zip(SERVERS, LOADS, strict=True))


def with_simpy(customers: int, seed: int) -> list[float]:
    import simpy

    chance = random.Random(seed)
    env = simpy.Environment()
    stations = [simpy.Resource(env, servers) for servers in SERVERS]
    waited = [0.0] * len(SERVERS)

    def visit():
        for i, station in enumerate(stations):
            joined = env.now
            with station.request() as request:
                yield request
                waited[i] += env.now - joined
                yield env.timeout(chance.expovariate(RATES[i]))

    def arrive():
        for _ in range(customers):
            yield env.timeout(chance.expovariate(LAMBDA))
            env.process(visit())

    env.process(arrive())
    env.run()
    return [total / customers for total in waited]


def with_ciw(customers: int, seed: int) -> list[float]:
    import ciw

    ciw.seed(seed)
    stations = len(SERVERS)
    onward = [[0.0] * stations for _ in range(stations)]
    for here, there in pairwise(range(stations)):
        onward[here][there] = 1.0
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LAMBDA)] + [None] * (stations - 1),
        service_distributions=[ciw.dists.Exponential(rate) for rate in RATES],
        routing=onward,
        number_of_servers=list(SERVERS),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Finish")
    waited = [0.0] * stations
    visits = [0] * stations
    for record in simulation.get_all_records():
        waited[record.node - 1] += record.waiting_time
        visits[record.node - 1] += 1
    return [total / count for total, count in zip(waited, visits, strict=True)]


def with_salabim(customers: int, seed: int) -> list[float]:
    import salabim

    salabim.yieldless(False)
    chance = random.Random(seed)
    env = salabim.Environment(trace=False, random_seed=None)
    stations = [salabim.Resource(capacity=servers, monitor=False) for servers in SERVERS]
    waited = [0.0] * len(SERVERS)

    class Visit(salabim.Component):
        def process(self):
            for i, station in enumerate(stations):
                joined = self.env.now()
                yield self.request(station)
                waited[i] += self.env.now() - joined
                yield self.hold(chance.expovariate(RATES[i]))
                self.release(station)

    class Arrive(salabim.Component):
        def process(self):
            for _ in range(customers):
                yield self.hold(chance.expovariate(LAMBDA))
                Visit()

    Arrive()
    env.run()
    return [total / customers for total in waited]
