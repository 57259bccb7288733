"""The components, in every template without a load. Each draws one small template in `ui/parts/`; the page at /ui/ shows them all."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kring.ui import circle_picture, human_time, stylesheets
from kring.ui.initials import initials as initials_of

register = template.Library()

BUTTONS = {"primary": "primary-action", "secondary": "secondary-action", "subtle": "subtle"}


def part(name: str, /, **context: Any) -> SafeString:
    return render_to_string(f"ui/parts/{name}.html", context)


@register.simple_tag(name="stylesheets")
def stylesheet_links() -> SafeString:
    return part("stylesheets", links=stylesheets.links())


# Containers


@register.simple_block_tag
def card(
    content: str, title: str = "", *, level: int = 2, link: str = "", link_label: str = "", id: str = "", kind: str = ""
) -> SafeString:
    """A white card. `kind="urgent"` for what cannot wait: stands alone, on top of the page."""
    return part(
        "card", content=content, title=title, level=level, link=link, link_label=link_label, id=id or "", kind=kind
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    return part("facts", content=content)


@register.simple_tag
def fact(term: str, value: str, sub: str = "", *, href: str = "", step: int = 0, of: int = 0) -> SafeString:
    """One fact in the row on top of a page; with `step` and `of` it has a bar under it."""
    return part("fact", term=term, value=value, sub=sub, href=href, step=step, steps=range(1, of + 1))


@register.simple_tag
def phases(step: int, of: int, label: str) -> SafeString:
    return part("phases", step=step, steps=range(1, of + 1), of=of, label=label)


@register.simple_block_tag
def rows(content: str) -> SafeString:
    return part("rows", content=content)


@register.simple_block_tag
def row(
    content: str,
    title: str,
    sub: str = "",
    *,
    href: str = "",
    chip: str = "",
    chip_kind: str = "neutral",
    due: date | None = None,
    person: str = "",
    ring: str = "outer",
    initials: str = "",
    note: str = "",
    note_kind: str = "neutral",
) -> SafeString:
    """One line of a list: a chip, due day or person in front, words in the middle, what you can do at the end."""
    if due:
        near = human_time.due(due, timezone.localdate())
        chip, chip_kind = near.text, near.kind
    return part(
        "row",
        content=content if content.strip() else "",
        title=title,
        sub=sub,
        href=href,
        chip=chip,
        chip_kind=chip_kind,
        initials=initials or (initials_of(person) if person else ""),
        ring=ring,
        note=note,
        note_kind=note_kind,
    )


@register.simple_block_tag
def fieldset(content: str, title: str) -> SafeString:
    """A group of fields under one heading: `{{ form.street.as_field_group }}` and so on inside."""
    return part("fieldset", content=content, title=title)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    return part("timeline", content=content)


@register.simple_block_tag
def moment(
    content: str, label: str, sub: str = "", *, shape: str = "ring", time: datetime | date | None = None, id: str = ""
) -> SafeString:
    """One moment on a line of time. Shapes: ring, disc, square, diamond, open; the label says the kind in words."""
    return part("moment", content=content, label=label, sub=sub, shape=shape, time=time, id=id)


@register.simple_block_tag
def empty(content: str, sentence: str) -> SafeString:
    """An empty list says what that means, and what to do."""
    return part("empty", content=content if content.strip() else "", sentence=sentence)


@register.simple_block_tag
def alert(content: str, title: str = "", *, kind: str = "info", level: int = 2, live: bool = False) -> SafeString:
    """Kinds: info, ok, warn, danger. `live` makes a screen reader say it at once."""
    kinds = {"warn": "warning", "danger": "error"}
    return part("alert", content=content, title=title, kind=kinds.get(kind, kind), level=level, live=live)


@register.simple_block_tag
def own_words(content: str, who: str = "", *, lang: str = "") -> SafeString:
    """What somebody said or wrote, as they said it."""
    return part("own_words", content=content if content.strip() else "", who=who, lang=lang)


# Small things


@register.simple_tag
def chip(text: str, kind: str = "neutral") -> SafeString:
    """Kinds: neutral, info, ok, warn, danger. The word says it; the colour only repeats it."""
    return part("chip", text=text, kind=kind)


@register.simple_tag
def avatar(name: str, ring: str = "outer", *, initials: str = "", word: str = "") -> SafeString:
    """Initials in a shape of the ring (inner, network, outer); `word` is read out when no text beside it says more."""
    return part("avatar", initials=initials or initials_of(name), ring=ring, word=word)


@register.simple_tag
def button_link(label: str, href: str, kind: str = "secondary") -> SafeString:
    """A link that looks like a button, for going somewhere. Kinds: primary (one a page), secondary, subtle."""
    return part("button_link", label=label, href=href, kind=BUTTONS[kind])


@register.simple_tag
def button(label: str, kind: str = "primary", *, name: str = "", value: str = "", danger: bool = False) -> SafeString:
    """A submit button, for doing something; stands inside a form."""
    return part("button", label=label, kind=BUTTONS[kind], name=name, value=value, danger=danger)


@register.simple_tag
def guarded_button(
    label: str, reasons: Iterable[Any], kind: str = "primary", *, name: str = "", value: str = ""
) -> str:
    """The button when no rule is against it, else a grey one with every reason. Takes what `rules.py` returned."""
    against = list(reasons)
    if not against:
        return part("button", label=label, kind=BUTTONS[kind], name=name, value=value, danger=False)
    return part("grey_button", label=label, reasons=against)


@register.simple_tag(name="reasons")
def reason_list(reasons: Iterable[Any]) -> SafeString:
    """Each reason has a `text` and a `source`, the law article or protocol it rests on."""
    return part("reasons", reasons=list(reasons))


@register.simple_block_tag
def why(content: str, label: str = "") -> SafeString:
    """ "Waarom?": opens the rule and its source where it stands, without a script."""
    return part("why", content=content, label=label)


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page, parameter: str = "pagina") -> SafeString:
    """Older and newer; the rest of the query string stays. `context` must hold the request."""
    query = context["request"].GET.copy()

    def to(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return part(
        "pagination",
        page=page,
        previous=to(page.previous_page_number()) if page.has_previous() else "",
        following=to(page.next_page_number()) if page.has_next() else "",
    )


@register.simple_tag
def circle(
    nodes: Iterable[circle_picture.Node], sentence: str, *, inner: str, network: str, outer: str, id: str = "als-lijst"
) -> SafeString:
    """The picture, and always the same people as a list under the headings `inner`, `network` and `outer`.

    A screen reader hears `sentence` and the list. Whoever uses a keyboard walks the list; the drawing takes a click.
    """
    people = list(nodes)
    titles: dict[circle_picture.Ring, str] = {"inner": inner, "network": network, "outer": outer}
    lists = [(title, circle_picture.of_ring(people, ring)) for ring, title in titles.items()]
    return part("circle", picture=circle_picture.draw(people), lists=lists, sentence=sentence, id=id)


# Times


@register.filter
def when(moment: datetime | date | None) -> SafeString | str:
    """`{{ at|when }}` gives <time>vandaag 16:05</time>, with the full date to hover and for machines."""
    if moment is None:
        return ""
    full = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        full.isoformat(timespec="minutes") if isinstance(full, datetime) else full.isoformat(),
        human_time.full(full),
        human_time.when(moment, timezone.now()),
    )


@register.simple_tag(name="due")
def due_chip(day: date) -> SafeString:
    near = human_time.due(day, timezone.localdate())
    return part("chip", text=near.text, kind=near.kind)


@register.filter
def distance(day: date | datetime) -> str:
    """ "over 2 dagen", "12 dagen geleden"."""
    bare = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return human_time.distance(bare, timezone.localdate())


@register.filter
def message_kind(level_tag: str) -> str:
    """Django's message levels in our four kinds."""
    return {"success": "ok", "warning": "warn", "error": "danger"}.get(level_tag, "info")
