"""Root of all addresses: a room's own pages are in its `urls.py`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

# A room's pages hang under its own word; rooms without pages are left out.
PREFIXES = {
    "ui": "",
    "accounts": "",
    "circle": "",
    "families": "",
    "intake": "",
    "duty": "piket/",
    "desk": "",
    "portal": "mijn/",
    "exchange": "exchange/",
    "accountability": "",
    "notices": "berichten/",
    "simulation": "doorrekenen/",
    "demo": "demo/",
}
urlpatterns = [
    path(prefix, include(f"kring.{room}.urls"))
    for room, prefix in PREFIXES.items()
    if room in settings.ROOMS and find_spec(f"kring.{room}.urls")
]
handler400, handler403, handler404, handler500 = (f"kring.circle.errors.error_{code}" for code in (400, 403, 404, 500))
