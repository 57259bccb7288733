"""What the page frame shows around every page: the menu and who is signed in. Higher rooms fill it in
`AppConfig.ready`; nothing here knows a room or touches a database before a template asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from kring.locks.subject import Viewer

from .initials import initials


def everybody(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class NavItem:
    """One word in the menu. `section` is the URL namespace that lights it up; `place` is the frame it belongs to.
    `count`: how many things wait there, shown behind the word (one query on every page: keep it light)."""

    label: str | Promise
    url_name: str
    order: int
    section: str = ""
    place: str = "professional"
    visible: Callable[[HttpRequest], bool] = everybody
    count: Callable[[HttpRequest], int] | None = None


_items: dict[str, NavItem] = {}


def add_to_nav(*items: NavItem) -> None:
    """Called from `AppConfig.ready`; the same item twice counts once."""
    _items.update({f"{item.place} {item.url_name}": item for item in items})


@dataclass(frozen=True)
class Me:
    """Who is signed in, in two lines; `sign_out_url` takes a POST."""

    name: str
    organisation: str
    sign_out_url: str

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True)
class Link:
    label: str | Promise
    href: str
    current: bool
    count: int = 0


class Frame:
    """Read by the frame templates, lazily: an error page must be drawn without a database."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def me(self) -> Me | None:
        viewer: Viewer | None = getattr(self.request, "viewer", None)
        if viewer is None:
            return None
        return Me(viewer.name, viewer.organisation_name or viewer.function, _sign_out_url())

    @cached_property
    def nav(self) -> list[Link]:
        return self._links("professional")

    @cached_property
    def portal_nav(self) -> list[Link]:
        return self._links("portal")

    def _links(self, place: str) -> list[Link]:
        match = self.request.resolver_match
        here = match.namespace if match else ""
        items = sorted((item for item in _items.values() if item.place == place), key=lambda item: item.order)
        exact = match.view_name if match and any(item.url_name == match.view_name for item in items) else ""
        return [
            Link(
                item.label,
                reverse(item.url_name),
                item.url_name == exact if exact else bool(item.section) and item.section == here,
                item.count(self.request) if item.count else 0,
            )
            for item in items
            if item.visible(self.request)
        ]


def _sign_out_url() -> str:
    """Signing out is accounts'; a page of `ui` alone (a test of it) has none."""
    try:
        return reverse("account_logout")
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    return {"frame": Frame(request)}
