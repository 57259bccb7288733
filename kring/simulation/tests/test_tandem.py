"""The calendar against what is known exactly and against other people's calendars."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from kring.simulation.engine import formulas, streams, tandem
from kring.simulation.tests import peers

SERVERS = np.array(peers.SERVERS)
RATES = np.array(peers.RATES)
TRUTH = np.array([formulas.mean_wait(1.0, rate, servers) for rate, servers in zip(RATES, SERVERS, strict=True)])
KEEP_NOTHING = np.empty((len(SERVERS), 0))


def _waits(replication, seed=1, customers=40_000):
    return tandem.on_calendar(customers, 1.0, RATES, SERVERS, seed, replication, KEEP_NOTHING)[0]


def _standard_errors_apart(ours, theirs, own_error, their_error=0.0):
    return np.abs(ours - theirs) / np.hypot(own_error, their_error)


def test_erlang_c_gives_the_published_values():
    """A single server waits with chance rho; 2 servers at load 1 with chance 1/3 (textbook)."""
    assert formulas.erlang_c(1, 0.7) == pytest.approx(0.7)
    assert formulas.erlang_c(2, 1.0) == pytest.approx(1 / 3)
    assert np.round(TRUTH, 4).tolist() == [1.7033, 2.2165, 3.2446, 5.7604]


def test_erlang_c_refuses_a_station_that_never_catches_up():
    with pytest.raises(ValueError, match="load between 0 and the number of servers"):
        formulas.erlang_c(3, 3.0)


def test_every_wait_equals_the_kiefer_wolfowitz_recursion_to_the_last_bit():
    customers = 20_000
    ours, recursion = np.empty((2, len(SERVERS), customers))
    tandem.on_calendar(customers, 1.0, RATES, SERVERS, 5, 3, ours)
    tandem.by_recursion(customers, 1.0, RATES, SERVERS, 5, 3, recursion)
    assert ours.tobytes() == recursion.tobytes()


def test_mean_waits_agree_with_erlang_c_within_standard_errors():
    """The formula is for equilibrium: the first 5,000 customers, who find it emptier, are left out."""
    kept = np.empty((len(SERVERS), 45_000))
    waits = []
    for replication in range(100):
        tandem.on_calendar(45_000, 1.0, RATES, SERVERS, 1, replication, kept)
        waits.append(kept[:, 5_000:].mean(1))
    waits = np.array(waits)
    apart = _standard_errors_apart(waits.mean(0), TRUTH, waits.std(0, ddof=1) / np.sqrt(len(waits)))
    assert apart.max() < 3.0


@pytest.mark.slow
@pytest.mark.parametrize("library", ["simpy", "ciw"])
def test_mean_waits_agree_with_other_libraries_within_standard_errors(library):
    pytest.importorskip(library, reason=f"{library} is a bench dependency: pip install -r requirements/bench.in")
    theirs_runs, customers = 10, 4_000
    run = getattr(peers, f"with_{library}")
    theirs = np.array([run(customers, seed) for seed in range(theirs_runs)])
    ours = np.array([_waits(replication, customers=customers) for replication in range(400)])
    apart = _standard_errors_apart(
        ours.mean(0),
        theirs.mean(0),
        ours.std(0, ddof=1) / np.sqrt(len(ours)),
        theirs.std(0, ddof=1) / np.sqrt(len(theirs)),
    )
    assert apart.max() < 3.5


def test_one_process_and_two_give_the_same_bits():
    here = [_waits(replication, customers=2_000).tobytes() for replication in range(4)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        there = list(pool.map(_bytes_of_a_short_run, range(4)))
    assert here == there


def _bytes_of_a_short_run(replication):
    return _waits(replication, customers=2_000).tobytes()


def _key(seed, replication, purpose):
    return np.uint64(streams.stream_key(seed, replication, purpose))


def test_an_addressed_draw_depends_on_its_address_only():
    key = _key(7, 0, 3)
    first = streams.draw(key, 412, 2, 5)
    streams.draw(key, 413, 0, 0)
    assert streams.draw(key, 412, 2, 5) == first
    assert first != streams.draw(key, 412, 2, 6)
    assert first != streams.draw(_key(7, 1, 3), 412, 2, 5)
    assert first != streams.draw(_key(8, 0, 3), 412, 2, 5)


def test_addressed_draws_look_uniform_and_unrelated_between_purposes():
    n = 20_000
    a, b = (np.array([streams.draw(_key(1, 0, purpose), family, 0, 0) for family in range(n)]) for purpose in (0, 1))
    assert abs(a.mean() - 0.5) < 4 / np.sqrt(12 * n)
    assert np.histogram(a, 20, (0, 1))[0].std() < 3 * np.sqrt(n / 20)
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(n)


def test_the_normal_quantile_gives_the_table_values():
    for u, z in ((0.5, 0.0), (0.975, 1.959963984540054), (0.025, -1.959963984540054), (1e-9, -5.997807015007687)):
        assert streams.normal(u) == pytest.approx(z, abs=1e-9)


def test_exponentials_of_a_sequential_stream_have_mean_and_spread_one():
    state = streams.new_state(streams.stream_key(1, 0, 0))
    values = np.array([streams.next_exponential(state) for _ in range(50_000)])
    assert values.mean() == pytest.approx(1, abs=0.02)
    assert values.std() == pytest.approx(1, abs=0.03)
    assert values.max() > streams.ZIGGURAT_EDGE
