"""Impossible input gets a sentence that says what and where."""

import pytest

from kring.simulation import parameters
from kring.simulation import scenario as scenarios
from kring.simulation.engine.state import BY_SEVERITY, SCALARS
from kring.simulation.parameters import ImpossibleInput

GOOD = '[region]\nname = "Proefregio"\ninhabitants = 50_000\n'

IMPOSSIBLE = {
    "negative staff": (GOOD + "[staff]\nboard = -2", "[staff] board = -2: een aantal banen is niet negatief"),
    "a share over one": (GOOD + "[parameters]\ngrant_share = 1.2", "grant_share = 1.2 kan niet: een aandeel ligt tussen 0 en 1"),
    "a negative duration": (GOOD + "[parameters]\nhelp_days = -1", "help_days = -1 kan niet"),
    "an unknown parameter": (GOOD + "[parameters]\nturnovr = 0.1", "de parameter 'turnovr' bestaat niet. Bedoelt u turnover?"),
    "an empty region": ("[region]\ninhabitants = 0", "een lege regio valt niet door te rekenen"),
    "no region": ("", "[region]: inhabitants ontbreekt"),
    "half a person": ("[region]\ninhabitants = 10.5", "verwacht een heel getal"),
    "an unknown section": (GOOD + "[money]\nx = 1", "de sectie [money] bestaat niet"),
    "an unknown pool": (GOOD + "[staff]\npolice = 3", "'police' bestaat niet"),
    "a word for a number": (GOOD + '[parameters]\nturnover = "veel"', "'veel' is geen getal"),
    "truth for a number": (GOOD + "[parameters]\nturnover = true", "True is geen getal"),
    "not a number": (GOOD + "[parameters]\nturnover = nan", "geen eindig getal"),
    "parts over the whole": (GOOD + "[parameters]\nseverity_light = 0.95\nseverity_gravest = 0.1", "zijn samen 1.05, meer dan 1"),
    "nought that divides": (GOOD + "[parameters]\nreturn_scale = 0", "hier wordt door gedeeld"),
    "a network over one": (GOOD + "[transition]\nnetwork_by_year = [0.5, 1.5]", "network_by_year = 1.5 kan niet"),
    "paths of two lengths": (
        GOOD + "[transition.municipalities]\nA = {inhabitants = 9, network_by_year = [0.1]}\n"
        "B = {inhabitants = 9, network_by_year = [0.1, 0.2]}",
        "evenveel jaren",
    ),
    "a date that is none": (GOOD + '[time]\nstart = "gisteren"', "verwacht een datum"),
    "days that run back": (GOOD + "[time]\nmeasured_days = 0", "verwacht een heel aantal dagen, 1 tot 7300"),
    "not TOML": ("region = [", "dit is geen geldige TOML"),
}  # fmt: skip


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_impossible_input_is_told_what_and_where(case, tmp_path):
    content, sentence = IMPOSSIBLE[case]
    file = tmp_path / "regio.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ImpossibleInput) as refusal:
        scenarios.read(file)
    assert sentence in str(refusal.value)
    assert "regio.toml" in str(refusal.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(ImpossibleInput, match="bestaat niet"):
        scenarios.read(tmp_path / "weg.toml")
    with pytest.raises(ImpossibleInput, match="niet te lezen"):
        scenarios.read(tmp_path)


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "plaatje.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ImpossibleInput, match="niet te lezen"):
        scenarios.read(file)


def test_every_figure_has_a_source_a_year_and_a_range_that_holds_it():
    for figure in parameters.defaults().values():
        assert figure.low <= figure.value <= figure.high, figure.name
        assert figure.source, figure.name
        assert figure.label, figure.name
        assert 1980 < figure.year < 2030, figure.name
        assert figure.code in parameters.CODES, figure.name


def test_every_figure_of_the_engine_comes_from_the_file():
    figures = parameters.defaults()
    record = scenarios.settings_of(figures)
    assert set(record.dtype.names) == {*SCALARS, *BY_SEVERITY}
    assert record["severity_share"][0].sum() == pytest.approx(1)


def test_what_nobody_measured_is_marked_as_guessed():
    figures = parameters.defaults()
    for name in ("orders_avoided", "partner_days", "duo_local_weight", "petition_wait", "early_per_face", "cost_fte"):
        assert figures[name].is_guessed, name
    assert not figures["source_police"].is_guessed


def test_what_a_region_says_itself_is_marked_and_no_longer_drawn():
    figure = scenarios.build({"region": {"inhabitants": 1000}, "parameters": {"known_share": 0.64}}).figures[
        "known_share"
    ]
    assert (figure.value, figure.low, figure.high, figure.code) == (0.64, 0.64, 0.64, "R")


def test_relay_and_network_have_as_many_people_unless_the_scenario_says_otherwise():
    scenario = scenarios.build({"region": {"inhabitants": 445_000}})
    assert sum(scenario.staff("network").values()) == pytest.approx(sum(scenario.staff("relay").values()))
    richer = scenarios.build({"region": {"inhabitants": 445_000}, "staff": {"duo": 40}})
    assert richer.staff("network")["duo"] == 40


def test_a_village_and_the_country_can_both_be_asked():
    village = scenarios.blueprint(scenarios.build({"region": {"inhabitants": 10_000}}), "relay")
    assert 0 < village.fte["board"] < 1
    country = scenarios.blueprint(scenarios.build({"region": {"inhabitants": scenarios.INHABITANTS}}), "relay")
    assert country.reports_per_year == pytest.approx(89_170, rel=0.01)
