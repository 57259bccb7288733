"""How a happening is said: one Dutch sentence a kind, given by the room whose happening it is."""

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def describe(sentences: dict[str, str | Promise]) -> None:
    """Called from `AppConfig.ready`: kind to sentence, without a name or content."""
    _sentences.update(sentences)


def sentence(kind: str) -> str:
    """What happened, for a list. A kind that nobody described is not shown (empty text)."""
    return str(_sentences.get(kind, ""))


def described() -> set[str]:
    return set(_sentences)
