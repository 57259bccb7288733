"""Who waits where: three priorities for each queue, linked through the trajectories, with every day counted twice.

The length of a queue is integrated over time and, apart from that, the stay of each family is summed. Little's law
says that both are the same number; `measures.little` compares them in every run.
"""

from kring.simulation.engine.compiled import compiled, inlined
from kring.simulation.engine.state import NO_QUEUE


@inlined
def _lengthen(pool, now, step):
    pool.queue_area += pool.waiting * (now - pool.queue_changed)
    pool.queue_changed = now
    pool.waiting += step


@compiled
def _link(run, i):
    tr = run.trajectories[i]
    q, p = tr.queue, tr.priority
    last = run.desk.tail[q, p]
    tr.previous = last
    tr.next = -1
    if last >= 0:
        run.trajectories[last].next = i
    else:
        run.desk.head[q, p] = i
    run.desk.tail[q, p] = i


@compiled
def _unlink(run, i):
    tr = run.trajectories[i]
    q, p = tr.queue, tr.priority
    if tr.previous >= 0:
        run.trajectories[tr.previous].next = tr.next
    else:
        run.desk.head[q, p] = tr.next
    if tr.next >= 0:
        run.trajectories[tr.next].previous = tr.previous
    else:
        run.desk.tail[q, p] = tr.previous


@compiled
def join(run, i, q, now):
    tr = run.trajectories[i]
    tr.queue = q
    tr.since = now
    tr.wait_no += 1
    _lengthen(run.pools[q], now, 1)
    run.pools[q].entered += 1
    _link(run, i)


@compiled
def leave(run, i, now, started):
    """Out of the queue: because somebody begins, or because the family goes."""
    tr = run.trajectories[i]
    pool = run.pools[tr.queue]
    _unlink(run, i)
    _lengthen(pool, now, -1)
    waited = now - tr.since
    pool.queue_stays += waited
    if started:
        pool.started += 1
        if run.desk.window[0] <= tr.since < run.desk.window[1] and tr.kind != 1:
            run.desk.waits[tr.queue, min(int(waited / 7.0), run.desk.waits.shape[1] - 1)] += 1
            run.desk.wait_sums[tr.queue, 0] += 1
            run.desk.wait_sums[tr.queue, 1] += waited
            run.desk.wait_sums[tr.queue, 2] += waited * waited
    else:
        pool.left += 1
    tr.queue = NO_QUEUE


@compiled
def promote(run, i, priority):
    """A family that waits comes first from now on; how long it has waited is not forgotten."""
    _unlink(run, i)
    run.trajectories[i].priority = priority
    _link(run, i)


@inlined
def first(run, q):
    for p in range(3):
        if run.desk.head[q, p] >= 0:
            return run.desk.head[q, p]
    return -1
