"""The event calendar: a 4-ary heap of times with one packed number each. Room for four sentinels behind the end."""

import numpy as np
from numba import njit


@njit(cache=True)
def new_agenda(room):
    return np.full(room + 8, np.inf), np.zeros(room + 8, np.int64)


@njit(inline="always")
def sink(times, notes, size, time, note):
    """Put an event in the place of the first one and let it sink to where it belongs."""
    i = 0
    while True:
        child = 4 * i + 1
        if child >= size:
            break
        first = child
        earliest = times[child]
        for other in range(child + 1, child + 4):
            if times[other] < earliest:
                first = other
                earliest = times[other]
        if earliest >= time:
            break
        times[i] = earliest
        notes[i] = notes[first]
        i = first
    times[i] = time
    notes[i] = note


@njit(inline="always")
def rise(times, notes, size, time, note):
    """Add an event behind the end and let it rise; returns the new size."""
    i = size
    while i > 0:
        parent = (i - 1) >> 2
        if times[parent] <= time:
            break
        times[i] = times[parent]
        notes[i] = notes[parent]
        i = parent
    times[i] = time
    notes[i] = note
    return size + 1


@njit(inline="always")
def drop_first(times, notes, size):
    """Remove the first event; returns the new size."""
    size -= 1
    time = times[size]
    note = notes[size]
    times[size] = np.inf
    if size > 0:
        sink(times, notes, size, time, note)
    return size
