"""What a notice can say. A notice stores the kind only: its sentence is written here, once, without anybody's name."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of notice. `outside`: also a sign outside Kring (mail, SMS, push) that something waits, never what."""

    code: str
    sentence: str | Promise
    verb: str | Promise
    outside: bool = False


_kinds: dict[str, Kind] = {}


def declare(code: str, sentence: str | Promise, verb: str | Promise, *, outside: bool = False) -> None:
    """Called from a room's `AppConfig.ready`, as its permissions are."""
    _kinds[code] = Kind(code, sentence, verb, outside)


def kind_of(code: str) -> Kind:
    """KeyError for a kind that no room declared: a notice without a sentence is a mistake of ours."""
    return _kinds[code]


def declared() -> list[Kind]:
    return [_kinds[code] for code in sorted(_kinds)]
