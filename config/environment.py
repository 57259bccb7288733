"""Reading the environment, loud on nonsense: a wrong setting stops the start with a sentence."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demo", "test")


def text(name: str, default: str | None = None) -> str:
    """The variable's text, or what the file named in NAME_FILE holds; no default means it must be there."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that can't be read: {error.strerror}.") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE): Kring does not start without it.")
    return value


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(allowed)}.")
    return value


def yes(name: str, default: bool = False) -> bool:
    return choice(name, ("yes", "no"), "yes" if default else "no") == "yes"


def number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from {low} to {high}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses or networks, separated by commas."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must hold addresses or networks, such as 10.0.0.5 or 10.0.0.0/24."
        ) from error


def folder(name: str) -> Path | None:
    """A folder that is there, or nothing."""
    value = text(name, "")
    if value and not Path(value).is_dir():
        raise ImproperlyConfigured(f"{name} is {value!r}; there is no such folder.")
    return Path(value) if value else None


def database(name: str, default: str | None = None) -> dict[str, str]:
    """`postgresql://user:password@host:port/name`; `?host=/folder` for a socket."""
    url = urlsplit(text(name, default))
    if url.scheme != "postgresql" or not url.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:5432/database.")
    host = parse_qs(url.query).get("host", [url.hostname or ""])[0]
    return {
        "NAME": url.path.strip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or parse_qs(url.query).get("port", [""])[0]),
    }
