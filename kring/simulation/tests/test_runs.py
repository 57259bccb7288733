"""Many replications: the same bits however they are done, and nothing is done twice."""

import io
from dataclasses import replace

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from kring.simulation import calibration, runs, sensitivity, staffing, summary
from kring.simulation import scenario as scenarios
from kring.simulation.words import WORDS

TIME = {"warm_up_days": 120, "measured_days": 365, "follow_up_days": 470}


def sweep(replications=45, **changes):
    scenario = scenarios.build({"region": {"name": "Proef", "inhabitants": 30_000}, "time": TIME})
    return replace(runs.Sweep(scenario, ("relay", "network"), replications, 7), **changes)


def test_one_process_and_two_write_the_same_bytes(tmp_path):
    one = runs.carry_out(sweep(), tmp_path / "one.parquet", processes=1)
    two = runs.carry_out(sweep(), tmp_path / "two.parquet", processes=2)
    assert one.read_bytes() == two.read_bytes()


def test_an_interrupted_sweep_goes_on_where_it_was(tmp_path, monkeypatch):
    whole = runs.carry_out(sweep(), tmp_path / "whole.parquet").read_bytes()
    real, done = runs.work, []

    def pulled_plug(*piece):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(piece)
        return real(*piece)

    monkeypatch.setattr(runs, "work", pulled_plug)
    with pytest.raises(KeyboardInterrupt):
        runs.carry_out(sweep(), tmp_path / "cut.parquet")
    again = []
    monkeypatch.setattr(runs, "work", lambda *piece: again.append(piece) or real(*piece))
    runs.carry_out(sweep(), tmp_path / "cut.parquet")
    assert len(again) == len(sweep().pieces()) - 2
    assert (tmp_path / "cut.parquet").read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut.parquet", "whole.parquet"]


def test_checkpoints_of_another_question_are_not_used():
    assert sweep().fingerprint() != sweep(seed=8).fingerprint()
    assert sweep().fingerprint() != sweep(uncertain=True).fingerprint()
    other = scenarios.build({"region": {"name": "Proef", "inhabitants": 30_000}, "time": TIME, "staff": {"board": 2}})
    assert sweep().fingerprint() != sweep(scenario=other).fingerprint()


def test_a_longer_sweep_begins_with_the_shorter_one(tmp_path):
    short = summary.read(runs.carry_out(sweep(20), tmp_path / "short.parquet"))
    long = summary.read(runs.carry_out(sweep(40), tmp_path / "long.parquet"))
    for measure in ("help_days", "families", "orders_100"):
        np.testing.assert_array_equal(short["relay"][measure], long["relay"][measure][:20])


def test_drawn_figures_stay_in_their_range_and_are_alike_for_both_ways(tmp_path):
    scenario = sweep().scenario
    draws = [runs.drawn(scenario, 7, number) for number in range(60)]
    for name in ("turnover", "help_days", "patience"):
        values = np.array([draw.value(name) for draw in draws])
        figure = scenario.figures[name]
        assert figure.low <= values.min() < values.max() <= figure.high
    assert {draw.value("fte_board") for draw in draws} == {scenario.value("fte_board")}
    found = summary.read(runs.carry_out(sweep(20, uncertain=True), tmp_path / "drawn.parquet"))
    assert len(set(found["relay"]["posts"].tolist())) == 1
    assert np.nanstd(found["relay"]["help_days"]) > 0


def test_the_region_of_a_run_fits_in_flat_memory():
    """Pieces are of fixed size and rows hold numbers only: nothing grows with the number of replications."""
    assert len({len(list(runs.rows(sweep(100), "relay", first))) for first in (0, 20, 80)}) == 1


def test_a_cluster_that_does_not_answer_is_told(tmp_path):
    pytest.importorskip("distributed", reason="distributed is a bench dependency: requirements/bench.in")
    with pytest.raises(runs.ImpossibleInput, match="hier antwoordt geen Dask-cluster"):
        runs.carry_out(sweep(), tmp_path / "x.parquet", cluster="geen adres")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # distributed's own
def test_two_dask_workers_write_the_same_bytes_as_one_process(tmp_path):
    distributed = pytest.importorskip("distributed", reason="distributed is a bench dependency: requirements/bench.in")
    here = runs.carry_out(sweep(), tmp_path / "here.parquet").read_bytes()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=str(tmp_path)
    ) as cluster:
        there = runs.carry_out(sweep(), tmp_path / "there.parquet", cluster=cluster.scheduler_address)
    assert there.read_bytes() == here


def test_the_relay_reproduces_the_published_figures():
    rows = calibration.table(seed=2, replications=30)
    outside = [(row.target.measure, round(row.mean, 2)) for row in rows if not row.is_within]
    assert outside == []


def test_the_fit_says_which_figures_it_may_move():
    figures = scenarios.build({"region": {"inhabitants": 1}}).figures
    for target in calibration.TARGETS:
        for name in target.fitted:
            assert figures[name].code == "K", name
    moved = {name for target in calibration.TARGETS for name in target.fitted}
    assert moved == {name for name, figure in figures.items() if figure.code == "K"}


def test_an_assumption_that_decides_comes_out_on_top_and_noise_stays_out():
    asked = sweep(500)
    names, table = sensitivity.figures_drawn(asked)
    noise = np.random.default_rng(1).normal(size=500)
    made_up = table[:, names.index("patience")] / 60 + noise
    found = sensitivity.influence(asked, "help_days", made_up)
    assert [one.name for one in found.influences][:1] == ["patience"]
    assert found.influences[0].direction > 0
    assert len(found.influences) < 5
    assert 0.1 < found.explained < 0.9
    assert sensitivity.influence(asked, "help_days", noise).explained < 0.1


def test_too_few_replications_to_tell_which_assumption_decides_are_refused():
    with pytest.raises(runs.ImpossibleInput, match="herhalingen zijn te weinig"):
        sensitivity.influence(sweep(60), "help_days", np.arange(60.0))


def test_enough_people_are_found_for_a_norm():
    scenario = scenarios.build({"region": {"inhabitants": 60_000}, "time": TIME})
    for need in staffing.needs(scenario, "network", weeks=3, share=0.8, replications=2):
        assert need.within_then >= 0.8
        assert need.needed > 0


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_shows_progress_with_an_estimate_and_says_where_it_goes_on():
    from kring.simulation.management.commands.simulate import Bar

    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        bar = Bar(stream, quiet=False)
        for done in (4, 5, 10):
            bar(done, 10)
    assert "Verder waar het was: 4 van 10 stukken waren al klaar." in terminal.getvalue()
    assert "5/10 nog " in terminal.getvalue()
    assert "] 10/10" in terminal.getvalue()
    assert "/10 nog" not in pipe.getvalue()


def test_an_assumed_effect_is_said_above_the_table(tmp_path):
    file = tmp_path / "proef.toml"
    file.write_text("[region]\ninhabitants = 20_000\n[parameters]\norders_avoided = 0.3\n", encoding="utf-8")
    said = command(file, "--replications", 2, "--out", tmp_path / "r.parquet", "--processes", 1)
    assert "uw aanname dat het netwerk 30,0 % van de maatregelen voorkomt" in said


def command(*arguments):
    out = io.StringIO()
    call_command("simulate", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_compares_both_ways_and_says_what_it_cannot(tmp_path):
    file = tmp_path / "proef.toml"
    file.write_text('[region]\nname = "Proef"\ninhabitants = 30_000\n', encoding="utf-8")
    said = command(file, "--replications", 3, "--out", tmp_path / "r.parquet", "--processes", 1)
    assert "| Melding tot passende hulp" in said
    assert "geen effect: er was geen controlegroep" in said
    assert (tmp_path / "r.parquet").exists()


def test_the_command_explains_every_figure_with_its_source():
    said = command("--explain")
    for name, figure in scenarios.build({"region": {"inhabitants": 1}}).figures.items():
        assert name in said
        assert figure.source in said


def test_the_command_walks_a_transition_year_by_year(tmp_path):
    file = tmp_path / "pad.toml"
    file.write_text(
        '[region]\nname = "Pad"\ninhabitants = 30_000\n[time]\nmeasured_days = 730\nwarm_up_days = 200\n'
        "[transition]\nnetwork_by_year = [0.3, 1.0]\n",
        encoding="utf-8",
    )
    said = command(file, "--transition", "--replications", 2, "--out", tmp_path / "p.parquet", "--processes", 1)
    assert "De overgang. Eenmalig" in said
    assert "Omslagpunt" in said or "Geen omslagpunt" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["weg.toml"], "bestaat niet"),
        (["--replications", "0"], "minstens één herhaling"),
        (["--sensitivity"], "heeft --uncertain nodig"),
        (["--norm-weeks", "0"], "verwacht 1 tot 100 weken"),
    ],
)
def test_the_command_refuses_with_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        command(*arguments)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="hier valt niet te schrijven"):
        command("--replications", 1, "--out", tmp_path / "file" / "r.parquet", "--processes", 1)


def test_every_printed_measure_exists():
    measured = {name for row in runs.rows(sweep(1), "relay", 0) for name in row}
    assert set(WORDS) <= measured
