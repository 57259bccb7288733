"""One picture of a comparison: bands, not lines. Vega-Lite on the server, no script on the page."""

from kring.simulation.summary import Line
from kring.simulation.words import WAYS

PICTURED = {
    "help_days": "Melding tot passende hulp",
    "help_days_p90": "... 90 % van de gezinnen is sneller",
    "intake_days": "Melding tot uitvoering van een OTS",
    "unattended_days": "Dagen onbeschermd",
    "unattended_days_gravest": "... de heel ernstige gezinnen",
}
COLOURS = ("#8a4b08", "#154273")


def svg(lines: list[Line], title: str) -> str:
    """For each lead time and way: the mean as a dot, and the band of 95 % of the replications."""
    import vl_convert

    values = [
        {"maat": PICTURED[line.measure],
         "werkwijze": WAYS[way], "laag": found.low, "hoog": found.high, "gemiddeld": found.mean}
        for line in lines if line.measure in PICTURED for way, found in line.by_way.items()
    ]  # fmt: skip
    y = {"field": "werkwijze", "type": "nominal", "title": None}
    colour = {
        "field": "werkwijze", "type": "nominal", "legend": None,
        "scale": {"domain": [WAYS[way] for way in lines[0].by_way], "range": list(COLOURS)},
    }  # fmt: skip
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": title, "anchor": "start"},
        "data": {"values": values},
        "facet": {"row": {"field": "maat", "type": "nominal", "title": None, "sort": list(PICTURED.values()),
                          "header": {"labelAngle": 0, "labelAlign": "left", "labelLimit": 260}}},
        "spec": {"width": 420, "layer": [
            {"mark": {"type": "rule", "strokeWidth": 9, "opacity": 0.35},
             "encoding": {"x": {"field": "laag", "type": "quantitative", "title": "dagen", "scale": {"zero": True}},
                          "x2": {"field": "hoog"}, "y": y, "color": colour}},
            {"mark": {"type": "point", "filled": True, "size": 60},
             "encoding": {"x": {"field": "gemiddeld", "type": "quantitative"}, "y": y, "color": colour}},
        ]},
        "config": {"view": {"stroke": None}, "font": "sans-serif"},
    }  # fmt: skip
    return vl_convert.vegalite_to_svg(chart)
