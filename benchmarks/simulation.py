"""How fast is the simulation, beside its peers and beside the floor? Writes docs/benchmarks-simulation.md as measured.

CPU time (best of a few) for one process, wall time where processes work together. Run it on a quiet machine; the page
says how loaded this one was. `python -m benchmarks.simulation [--quick]`
"""

import argparse
import gc
import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numba import njit

from kring.simulation import runs
from kring.simulation import scenario as scenarios
from kring.simulation.engine import agenda, formulas, measures, replication, streams, tandem
from kring.simulation.printing import rows
from kring.simulation.tests import peers, simpy_model

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-simulation.md"
SERVERS, RATES = np.array(peers.SERVERS), np.array(peers.RATES)
TRUTH = [formulas.mean_wait(1.0, rate, servers) for rate, servers in zip(RATES, SERVERS, strict=True)]
NOTHING_KEPT = np.empty((4, 0))
EVENTS_EACH = 5  # one arrival and four departures for each customer
REGION = {"name": "Gemiddelde regio", "inhabitants": 717_718}


@njit(cache=True)
def floor(customers, pending, seed):
    """Random numbers and heap alone: as many events as the tandem has, on a calendar just as full."""
    state = streams.new_state(streams.stream_key(seed, 0, 0))
    times, notes = agenda.new_agenda(pending)
    size = 0
    for k in range(pending):
        size = agenda.rise(times, notes, size, streams.next_exponential(state), k)
    for _ in range(5 * customers):
        agenda.sink(times, notes, size, times[0] + streams.next_exponential(state), notes[0])
    return times[0]


def ours(customers, seed):
    return tandem.on_calendar(customers, 1.0, RATES, SERVERS, seed, 0, NOTHING_KEPT)[0].tolist()


def ours_settled(customers, seed):
    """Without the first 5,000 customers, who find the stations emptier than in equilibrium."""
    kept = np.empty((4, customers + 5_000))
    tandem.on_calendar(customers + 5_000, 1.0, RATES, SERVERS, seed, 0, kept)
    return kept[:, 5_000:].mean(1).tolist()


def recursion(customers, seed):
    return tandem.by_recursion(customers, 1.0, RATES, SERVERS, seed, 0, NOTHING_KEPT).tolist()


def best(function, times):
    lowest = float("inf")
    for k in range(times):
        gc.collect()
        began = time.process_time()
        found = function(k)
        lowest = min(lowest, time.process_time() - began)
    return lowest, found


def with_cimba():
    from benchmarks.cimba_tandem import with_cimba

    return with_cimba


def lanes(quick):
    """Name, function, customers, repeats. Slow peers get fewer customers: the speed is per event."""
    few = 5_000 if quick else 20_000
    found = [
        (f"salabim {importlib.metadata.version('salabim')}, yield mode", peers.with_salabim, few // 4, 2),
        (f"Ciw {importlib.metadata.version('ciw')}", peers.with_ciw, few, 2),
        (f"SimPy {importlib.metadata.version('simpy')}, a process for each customer", peers.with_simpy, 5 * few, 2),
    ]
    try:
        found.append((f"cimba {importlib.metadata.version('cimba')}", with_cimba(), 100_000, 5))
    except Exception as error:
        print(f"cimba does not run here: {error!r}", file=sys.stderr)
    return [
        *found,
        ("**Kring, event calendar**", ours, 100_000, 15),
        ("Kring, Kiefer-Wolfowitz recursion (no calendar)", recursion, 100_000, 15),
        ("floor: random numbers and heap alone", lambda n, seed: floor(n, 29, seed), 100_000, 15),
    ]


def tandem_table(quick):
    measured = []
    for name, function, customers, repeats in lanes(quick):
        function(1_000, 99)  # compile, import, warm up
        seconds, found = best(lambda k, f=function, n=customers: f(n, k + 1), repeats)
        measured.append((name, customers, seconds / customers / EVENTS_EACH, found))
    simpy_speed = next(each for name, _, each, _ in measured if name.startswith("SimPy"))
    body = [
        [name, f"{customers:,}", f"{each * 1e9:,.0f}", f"{1e-6 / each:.3g} M", f"{simpy_speed / each:,.2f}"]
        for name, customers, each, _ in measured
    ]
    return rows(["implementation", "customers", "ns an event", "events/s", "times SimPy"], body)


def agreement_table(quick):
    """Mean waits with standard errors beside the truth."""
    plan = [
        ("Kring, after 5,000 customers", ours_settled, 40_000, 120),
        ("SimPy, from empty", peers.with_simpy, 4_000, 12),
        ("Ciw, from empty", peers.with_ciw, 4_000, 12),
    ]
    body = [["Erlang C (exact, in equilibrium)", "", *[f"{value:.4f}" for value in TRUTH]]]
    for name, function, customers, count in plan:
        count = max(4, count // (4 if quick else 1))
        waits = np.array([function(customers, seed + 1) for seed in range(count)])
        error = waits.std(0, ddof=1) / count**0.5
        cells = [f"{mean:.3f} ± {e:.3f}" for mean, e in zip(waits.mean(0), error, strict=True)]
        body.append([name, f"{count} x {customers:,}", *cells])
    short = np.array([ours(4_000, seed + 1) for seed in range(400)])
    error = short.std(0, ddof=1) / len(short) ** 0.5
    cells = [f"{mean:.3f} ± {e:.3f}" for mean, e in zip(short.mean(0), error, strict=True)]
    body.append(["Kring, from empty, as short as these", "400 x 4,000", *cells])
    kept = np.empty((2, 4, 20_000))
    tandem.on_calendar(20_000, 1.0, RATES, SERVERS, 1, 0, kept[0])
    tandem.by_recursion(20_000, 1.0, RATES, SERVERS, 1, 0, kept[1])
    same = "the same bits" if kept[0].tobytes() == kept[1].tobytes() else "NOT the same"
    note = f"\nCalendar against Kiefer-Wolfowitz recursion, 80,000 waits one by one: {same}.\n"
    return rows(["mean wait at station", "runs", "1", "2", "3", "4"], body) + note


def care_table(quick):
    """The full model against the same model in SimPy: the same families, the same events, the same outcomes."""
    region = scenarios.build({"region": {**REGION, "inhabitants": 100_000 if quick else 300_000}})
    body = []
    for way in ("relay", "network"):
        plan = scenarios.blueprint(region, way)
        fast, run = best(lambda k, p=plan: replication.replicate(p, 1, 0), 7)
        slow, told = best(lambda k, p=plan: simpy_model.run(p, 1, 0), 2)
        events = int(run.desk["n_events"])
        mine = np.array([[float(tr[name]) for name in simpy_model.COMPARED] for tr in run.trajectories])
        mine = mine[np.lexsort((mine[:, 3], mine[:, 1], mine[:, 0]))]
        gap = np.abs(mine - simpy_model.as_table(told.told)).max()
        body.append([
            way, f"{events:,}", f"{fast / events * 1e9:,.0f}", f"{slow / events * 1e9:,.0f}", f"{slow / fast:,.0f}",
            f"{len(mine):,}", f"{gap:.0e} days", f"{measures.little(run):.0e}",
        ])  # fmt: skip
    head = [
        "way",
        "events",
        "ns an event",
        "ns in SimPy",
        "times SimPy",
        "trajectories",
        "largest difference",
        "Little's law, gap",
    ]
    return rows(head, body)


def _warm(_):
    region = scenarios.build({"region": {**REGION, "inhabitants": 20_000}})
    for way in ("relay", "network"):
        measures.measure_window(replication.replicate(scenarios.blueprint(region, way), 1, 0))
    return os.getpid()


def _chunk(numbers):
    """Families measured and CPU seconds used, for some replications of a region-year."""
    began = time.process_time()
    plan = scenarios.blueprint(scenarios.build({"region": REGION}), "relay")
    families = sum(measures.measure_window(replication.replicate(plan, 1, number))["families"] for number in numbers)
    return families, time.process_time() - began


def _timed(pool, count, pieces):
    began = time.perf_counter()
    found = list(pool.map(_chunk, [part.tolist() for part in np.array_split(np.arange(count), pieces)]))
    return *np.sum(found, axis=0), time.perf_counter() - began


def sweeps_table(quick):
    count = 100 if quick else 1_000
    body = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm, range(6)))
        for name, number, pieces in (
            (f"{count:,} replications of a region-year (relay)", count, 20),
            ("a national year: 25 regions, one replication each", 25, 4),
        ):
            families, cpu, wall = _timed(pool, number, pieces)
            body.append([name, f"{families:,.0f}", f"{cpu:.2f} s", f"{cpu / 2:.2f} s", f"{wall:.2f} s"])
    head = [
        "two processes, warmed up",
        "families measured",
        "CPU time, both",
        "half of it: two free cores",
        "wall time here",
    ]
    return rows(head, body)


MEMORY = """
import re, sys, tempfile
from pathlib import Path
from kring.simulation import runs, scenario
region = scenario.build({"region": {"inhabitants": 100_000}})
with tempfile.TemporaryDirectory() as folder:
    runs.carry_out(runs.Sweep(region, ("relay", "network"), int(sys.argv[1]), 1), Path(folder) / "r.parquet")
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) // 1024)
"""


def memory_table(quick):
    body = []
    for count in (20, 200) if quick else (20, 200, 1000):
        done = subprocess.run([sys.executable, "-c", MEMORY, str(count)], capture_output=True, text=True, check=True)
        body.append([f"{count:,}", f"{int(done.stdout):,} MB"])
    return rows(["replications, both ways", "peak memory of the process"], body)


def dask_note():
    """Two local workers by address: the same bytes as one process."""
    from distributed import LocalCluster

    region = scenarios.build({"region": {"inhabitants": 50_000}})
    sweep = runs.Sweep(region, ("relay", "network"), 60, 1)
    with tempfile.TemporaryDirectory() as folder:
        here = runs.carry_out(sweep, Path(folder) / "here.parquet").read_bytes()
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=folder) as cluster:
            there = runs.carry_out(
                sweep, Path(folder) / "there.parquet", cluster=cluster.scheduler_address
            ).read_bytes()
    same = "the same bytes as one process" if here == there else "NOT the same bytes as one process"
    return f"Two local Dask workers, reached by address (`--cluster tcp://...`): {same}.\n"


def page(quick):
    load = os.getloadavg()[0]
    processor = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    threads = len(os.sched_getaffinity(0))
    before = (
        f"Measured on {datetime.now(UTC):%d %B %Y} by `make bench-simulation`{' (quick)' if quick else ''}: {processor}, {threads} cores, Python "
        f"{platform.python_version()}, numba {importlib.metadata.version('numba')}, NumPy {np.__version__}. "
        f"Load of the machine at the start: {load:.1f}"
        + (
            " (others worked on it: times are higher than on a quiet machine, wall times above all)."
            if load > 0.5
            else "."
        )
    )
    return "\n".join([
        "# Simulation: measured", "", before, "",
        "One process, CPU time, best of several; the first call, which compiles, is left out (some 40 s once, then from a cache on disk).", "",
        "## The plain tandem", "",
        "Four first-come-first-served M/M/c stations in a row (3, 5, 8, 12 servers; load 0.75 to 0.90), starting empty.", "",
        tandem_table(quick), "## Agreement on the tandem, with standard errors", "", agreement_table(quick),
        "## The full model, and the same model written in SimPy", "",
        "Both run the same figures with the same addressed draws, and are compared trajectory by trajectory on "
        f"{len(simpy_model.COMPARED)} facts (moments, outcome, faces, handovers, orders).", "",
        care_table(quick), "## Sweeps", "",
        "A region-year is an average region (717,718 inhabitants): two years to warm up, one measured, a year and a half to follow "
        "what comes of it; the whole 4.5 years are computed. A national year is 25 of these.", "",
        sweeps_table(quick), memory_table(quick), dask_note(),
    ])  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, default=PAGE)
    options = parser.parse_args()
    options.out.write_text(page(options.quick), encoding="utf-8")
    print(options.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
