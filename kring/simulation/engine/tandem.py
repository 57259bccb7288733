"""The plain tandem: first-come-first-served M/M/c stations in a row, once on the calendar and once as a recursion.

It is nobody's care. It is the model on which every simulation library can be compared and for which the truth is
known, so that the calendar can be trusted when it carries the model of care.
"""

import numpy as np
from numba import njit

from kring.simulation.engine import agenda, streams

ARRIVALS = 0  # the purpose of the first stream; station k draws its services from stream k + 1


@njit(cache=True)
def _streams(seed, replication, stations):
    states = np.empty((stations + 1, 4), np.uint64)
    for k in range(stations + 1):
        states[k] = streams.new_state(streams.stream_key(seed, replication, k))
    return states


@njit(cache=True, error_model="numpy")
def on_calendar(customers, arrival_rate, service_rates, servers, seed, replication, waits):  # noqa: C901 - one event loop
    """Run the tandem event by event. Returns mean waits, mean sojourn and the number of events.

    `waits` is an array of stations by customers that receives every wait in order of service, or one without columns.
    """
    stations = len(servers)
    gap, means = 1.0 / arrival_rate, 1.0 / service_rates
    states = _streams(seed, replication, stations)
    times, notes = agenda.new_agenda(servers.sum())
    free = servers.copy()
    entered = np.empty(customers)
    joined = np.empty(customers)
    behind = np.full(customers, -1, np.int32)
    head = np.full(stations, -1, np.int64)
    tail = np.full(stations, -1, np.int64)
    served = np.zeros(stations, np.int64)
    total = np.zeros(stations)
    sojourn = 0.0
    made = 0
    events = 0
    keep = waits.shape[1] > 0
    size = 0
    coming = streams.next_exponential(states[0]) * gap  # the next arrival needs no place on the calendar
    while size > 0 or made < customers:
        events += 1
        next_time = np.inf  # what takes the first place on the calendar, if anything
        next_note = np.int64(0)
        arrived = coming <= times[0]
        if arrived:
            now = coming
            station = -1
            customer = made
            made += 1
            entered[customer] = now
            coming = now + streams.next_exponential(states[0]) * gap if made < customers else np.inf
        else:
            now = times[0]
            station = notes[0] >> 32
            customer = notes[0] & 0xFFFFFFFF
            waiting = head[station]
            if waiting >= 0:
                head[station] = behind[waiting]
                if head[station] < 0:
                    tail[station] = -1
                total[station] += now - joined[waiting]
                if keep:
                    waits[station, served[station]] = now - joined[waiting]
                    served[station] += 1
                next_time = now + streams.next_exponential(states[station + 1]) * means[station]
                next_note = (station << 32) | waiting
            else:
                free[station] += 1
        step = station + 1
        push_time = np.inf
        if step == stations:
            sojourn += now - entered[customer]
        elif free[step] > 0:
            free[step] -= 1
            if keep:
                waits[step, served[step]] = 0.0
                served[step] += 1
            push_time = now + streams.next_exponential(states[step + 1]) * means[step]
        else:
            joined[customer] = now
            behind[customer] = -1
            if tail[step] >= 0:
                behind[tail[step]] = customer
            else:
                head[step] = customer
            tail[step] = customer
        push_note = (step << 32) | customer
        if not arrived:
            if next_time == np.inf:
                next_time, next_note, push_time = push_time, push_note, np.inf
            if next_time < np.inf:
                agenda.sink(times, notes, size, next_time, next_note)
            else:
                size = agenda.drop_first(times, notes, size)
        if push_time < np.inf:
            size = agenda.rise(times, notes, size, push_time, push_note)
    return total / customers, sojourn / customers, events


@njit(cache=True, error_model="numpy")
def by_recursion(customers, arrival_rate, service_rates, servers, seed, replication, waits):
    """The same tandem by the Kiefer-Wolfowitz recursion (1955): no calendar, the same random numbers.

    A customer starts when the earliest of the servers is free. The popped minima of those times are themselves the
    sorted departures, hence the next station's arrivals.
    """
    stations = len(servers)
    states = _streams(seed, replication, stations)
    gap = 1.0 / arrival_rate
    arrivals = np.empty(customers)
    now = 0.0
    for i in range(customers):
        now += streams.next_exponential(states[0]) * gap
        arrivals[i] = now
    found = np.zeros(stations)
    keep = waits.shape[1] > 0
    for k in range(stations):
        c = servers[k]
        free_at = np.zeros(c)
        total = 0.0
        for i in range(customers):
            start = max(arrivals[i], free_at[0])
            wait = start - arrivals[i]
            total += wait
            if keep:
                waits[k, i] = wait
            if i >= c:
                arrivals[i - c] = free_at[0]
            end = start + streams.next_exponential(states[k + 1]) * (1.0 / service_rates[k])
            for p in range(1, c):
                later = free_at[p]
                free_at[p - 1] = min(later, end)
                end = max(later, end)
            free_at[c - 1] = end
        arrivals[customers - c :] = free_at
        found[k] = total / customers
    return found
