"""The model of care: bookkeeping that must be exact, mechanisms one at a time, and the same story told by SimPy."""

from functools import cache

import numpy as np
import pytest

from kring.simulation import scenario as scenarios
from kring.simulation.engine import measures, replication, state, working_time

SMALL = {"inhabitants": 60_000}
SHORT = {"warm_up_days": 300, "measured_days": 365, "follow_up_days": 200}


def region(staff=None, time=SHORT, inhabitants=60_000, transition=None, **figures):
    content = {"region": {"inhabitants": inhabitants}, "time": time, "parameters": figures, "staff": staff or {}}
    return scenarios.build(content | ({"transition": transition} if transition else {}))


def run(scenario, way="relay", seed=1, number=0):
    return replication.replicate(scenarios.blueprint(scenario, way), seed, number)


@cache
def ordinary(way):
    return run(region(), way)


def families(a_run):
    return a_run.trajectories[a_run.trajectories["kind"] == state.TRAJECTORY]


@pytest.mark.parametrize("way", ["relay", "network"])
@pytest.mark.parametrize("number", range(3))
def test_littles_law_holds_on_every_queue_and_every_pool_of_every_run(way, number):
    a_run = run(region(inhabitants=150_000), way, number=number)
    assert a_run.pools["queue_area"].sum() > 0
    assert a_run.pools["load_area"].sum() > 0
    assert measures.little(a_run) < 1e-9


@pytest.mark.parametrize("way", ["relay", "network"])
def test_nobody_gets_lost_between_the_queues(way):
    pools = ordinary(way).pools
    assert (pools["entered"] == pools["started"] + pools["left"] + pools["waiting"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["relay", "network", "transition"])
def test_simpy_tells_the_same_story_of_every_family(way):
    """A second implementation, process by process, with the same luck: equal to the rounding of a double."""
    simpy_model = pytest.importorskip(
        "kring.simulation.tests.simpy_model", reason="SimPy is a bench dependency: requirements/bench.in"
    )
    scenario = region(inhabitants=100_000, escalation_structural=0.002, escalation_gravest=0.006, patience=60)
    plan = scenarios.blueprint(scenario, way if way != "transition" else "network")
    if way == "transition":  # half of the families in either way of working, side by side
        both = {**scenario.staff("relay"), **scenario.staff("network")}
        plan = scenarios.blueprint(scenario, "network", both)
        plan.network_share[:] = 0.5
    ours = replication.replicate(plan, 3, 1)
    theirs = simpy_model.run(plan, 3, 1)
    mine = np.array([[float(tr[name]) for name in simpy_model.COMPARED] for tr in ours.trajectories])
    mine = mine[np.lexsort((mine[:, 3], mine[:, 1], mine[:, 0]))]
    outcomes = families(ours)
    assert outcomes["emergency"].sum() > 3
    assert (outcomes["outcome"] == state.LEFT_QUEUE).sum() > 10
    assert (outcomes["order"] == state.SUPERVISION).sum() > 10
    np.testing.assert_allclose(mine, simpy_model.as_table(theirs.told), rtol=0, atol=1e-9)


def test_relay_and_network_meet_the_same_families_with_the_same_luck():
    relay, network = (families(ordinary(way)) for way in ("relay", "network"))
    first = [tr[tr["nth"] == 0] for tr in (relay, network)]
    assert len(first[0]) == len(first[1]) > 300
    for name in ("family", "report", "severity", "children", "causes", "acute", "source", "known"):
        assert (np.sort(first[0], order="family")[name] == np.sort(first[1], order="family")[name]).all(), name


def test_the_same_seed_gives_the_same_bits_and_another_gives_other_families():
    scenario = region()
    assert run(scenario).trajectories.tobytes() == run(scenario).trajectories.tobytes()
    assert run(scenario, seed=2).trajectories.tobytes() != run(scenario).trajectories.tobytes()
    assert run(scenario, number=1).trajectories.tobytes() != run(scenario).trajectories.tobytes()


def test_a_guess_of_room_that_is_too_small_changes_nothing():
    plan = scenarios.blueprint(region(), "relay")
    cramped, arguments = replication.prepare(plan, 1, 0, 50)
    replication.walk(cramped, *arguments)
    assert cramped.desk["n_full"] == 1
    assert families(replication.replicate(plan, 1, 0)).tobytes() == families(ordinary("relay")).tobytes()


def test_more_people_never_make_the_wait_longer():
    waits = []
    for board in (1.0, 1.4, 3.0):
        waits.append(measures.measure_window(run(region(staff={"board": board})))["wait_board"])
    assert waits[0] > waits[1] > waits[2]


def test_without_people_nobody_starts_and_an_emergency_waits_too():
    a_run = run(region(staff={"board": 0.0}))
    assert a_run.pools[state.BOARD]["started"] == 0
    assert a_run.pools[state.BOARD]["waiting"] > 0
    assert measures.little(a_run) < 1e-9


def test_an_emergency_begins_at_once_however_long_the_queue():
    a_run = run(region(staff={"institution": 0.5}, emergency_structural=0.15, emergency_gravest=0.4))
    urgent = families(a_run)
    urgent = urgent[(urgent["emergency"] == 1) & (urgent["intake"] >= 0)]
    assert a_run.pools[state.INSTITUTION]["waiting"] > 0
    assert len(urgent) > 0
    assert (urgent["intake"] - urgent["triaged"] < 15).all()


def test_impatient_families_leave_the_queue_and_patient_ones_stay():
    def left(patience):
        return (families(run(region(staff={"local": 4.0}, patience=patience)))["outcome"] == state.LEFT_QUEUE).sum()

    assert left(20.0) > 1.5 * left(365.0) > 0
    assert left(0.0) == 0  # nought switches leaving off


def test_a_duo_seizes_two_people_and_waits_for_the_scarcer():
    few = run(region(staff={"duo": 1.0}), "network")
    many = run(region(staff={"duo": 8.0}), "network")
    assert measures.measure_window(few)["wait_duo"] > 3 * measures.measure_window(many)["wait_duo"]
    with_two = many.trajectories[many.trajectories["worker"][:, 1] >= 0]
    assert (with_two["worker"][:, 0] >= 0).all()


def test_ordinary_work_starts_on_working_days_only():
    a_run = ordinary("relay")
    starts = families(a_run)["helped"]
    starts = starts[(starts >= 0) & (families(a_run)["escalated"] == 0) & (families(a_run)["emergency"] == 0)].astype(
        int
    )
    assert a_run.days["is_open"][starts].all()


def test_the_same_worker_stays_when_the_network_carries_out_an_order():
    orders = families(ordinary("network"))
    orders = orders[(orders["order"] == state.SUPERVISION) & (orders["emergency"] == 0)]
    assert len(orders) > 3
    assert (orders["intake"] == orders["decided"]).all()
    assert (orders["handovers"] == 1).all()


def test_no_order_is_avoided_unless_somebody_says_so():
    assert scenarios.build({"region": SMALL}).value("orders_avoided") == 0

    def orders(way, avoided):
        return measures.measure_window(run(region(inhabitants=300_000, orders_avoided=avoided), way))["orders_100"]

    assert orders("network", 0.5) < 0.75 * orders("network", 0.0)
    assert orders("relay", 0.5) == orders("relay", 0.0)


def test_turnover_gives_more_faces_and_without_it_none_are_added():
    steady = families(run(region(turnover=0.0, vacancy_days=1)))
    restless = families(run(region(turnover=2.0, vacancy_days=1)))
    assert restless["faces"].mean() > steady["faces"].mean() + 0.2
    finished = steady[(steady["outcome"] == state.HELPED) & (steady["handovers"] == 1)]
    assert (finished["faces"] == 2).all()


def test_a_transition_opens_and_closes_posts_and_moves_families_with_them():
    time = {"warm_up_days": 200, "measured_days": 1095, "follow_up_days": 100}
    scenario = region(time=time, transition={"network_by_year": [0.2, 0.6, 1.0]})
    a_run = run(scenario, "transition")
    told = families(a_run)
    shares = [
        told[(told["report"] >= start) & (told["report"] < start + 365)]["way"].mean() for start in (200, 565, 930)
    ]
    assert shares == pytest.approx([0.2, 0.6, 1.0], abs=0.06)
    assert told[told["report"] < 200]["way"].max() == state.RELAY
    assert a_run.pools[state.INTAKE]["present"] == 0
    assert a_run.pools[state.FRONT]["present"] > 0
    assert measures.little(a_run) < 1e-9


def test_municipalities_make_the_path_of_the_region():
    path = {
        "Grootstad": {"inhabitants": 75_000, "network_by_year": [0.0, 1.0]},
        "Kleindorp": {"inhabitants": 25_000, "network_by_year": [1.0, 1.0]},
    }
    assert region(transition={"municipalities": path}).network_by_year == (0.25, 1.0)


def test_the_calendar_knows_the_general_holidays():
    assert {day.isoformat() for day in working_time.holidays(2026)} == {
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25",
        "2026-12-25", "2026-12-26",
    }  # fmt: skip
    assert "2025-04-26" in {day.isoformat() for day in working_time.holidays(2025)}  # King's Day moves off Sunday


def test_five_working_days_from_a_friday_end_a_week_later():
    from datetime import date

    days = working_time.tables(date(2026, 6, 5), 30)  # a Friday
    assert working_time.after(days, 0.5, 5.0) == 7.5
    assert working_time.worked(days, 1.7) == working_time.worked(days, 2.9) == 1.0


def test_reports_follow_the_week_and_the_sources_their_shares():
    a_run = run(region(inhabitants=500_000))
    told = families(a_run)
    first = told[told["nth"] == 0]
    police = first[first["source"] == 0]
    school = first[first["source"] == 3]
    weekday = (police["report"].astype(int) + 3) % 7  # 1 January 2026 is a Thursday
    assert np.isin(weekday, (5, 6)).mean() == pytest.approx(0.36, abs=0.03)
    assert a_run.days["is_open"][school["report"].astype(int)].all()
    assert len(police) / len(first) == pytest.approx(0.672, abs=0.02)
