"""Two letters that stand for a name, the Dutch way: "Fatma de Vries" is FV, not FD."""


def initials(name: str) -> str:
    """First letter of the first word and of the next word with a capital; small words (de, van der, 't) don't count."""
    words = [word.lstrip("'’\"(") for word in name.split()]
    words = [word for word in words if word and word[0].isalnum()]
    if not words:
        return "?"
    rest = [word for word in words[1:] if word[0].isupper()] or words[-1:] * (len(words) > 1)
    return (words[0][0] + (rest[0][0] if rest else words[0][1:2])).upper()
