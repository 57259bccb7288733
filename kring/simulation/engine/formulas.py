"""What queueing theory knows exactly: the yardstick of the verification."""


def erlang_c(servers: int, load: float) -> float:
    """The chance to wait at an M/M/c station (Erlang 1917); `load` is arrivals times mean service."""
    if not 0 < load < servers:
        raise ValueError(f"Erlang C needs a load between 0 and the number of servers: {load} and {servers}.")
    term = total = 1.0
    for k in range(1, servers):
        term *= load / k
        total += term
    last = term * load / servers / (1 - load / servers)
    return last / (total + last)


def mean_wait(arrival_rate: float, service_rate: float, servers: int) -> float:
    """The mean wait in the queue of an M/M/c station."""
    return erlang_c(servers, arrival_rate / service_rate) / (servers * service_rate - arrival_rate)
