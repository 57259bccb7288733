"""The exact identifiers a family can be found by. Who looks up works out the same hash from what was typed."""

from datetime import date

from kring.families.models.people import FamilyMember, LookupKind, Standing
from kring.locks.secret import lookup_hash, normalised

Key = tuple[str, bytes]


def of_bsn(bsn: str) -> bytes:
    return lookup_hash(LookupKind.BSN, bsn)


def of_bsn_and_birth(bsn: str, born_on: date) -> bytes:
    """What a message may attach itself by, and nothing less (harm B15)."""
    return lookup_hash(LookupKind.BSN_BIRTH, bsn, born_on)


def of_surname_and_birth(surname: str, born_on: date) -> bytes:
    """With or without the prefix: `de Vries` and `Vries` are both kept."""
    return lookup_hash(LookupKind.SURNAME_BIRTH, surname, born_on)


def of_address(postcode: str, house_number: str) -> bytes:
    """Postcode and house number with its addition, spaces and case aside."""
    return lookup_hash(LookupKind.ADDRESS, postcode, house_number)


def keys_of_member(member: FamilyMember, bsn: str) -> list[Key]:
    """A network person gets none: somebody is no subject of a file by being an aunt (glossary)."""
    if member.standing == Standing.NETWORK:
        return []
    keys: list[Key] = [(LookupKind.BSN, of_bsn(bsn))] if bsn else []
    if bsn and (born_on := member.birth.exact):
        keys.append((LookupKind.BSN_BIRTH, of_bsn_and_birth(bsn, born_on)))
    return keys + [(LookupKind.SURNAME_BIRTH, exact) for exact in names_of(member)]


def names_of(member: FamilyMember) -> list[bytes]:
    """The surname with and without its prefix, each with the full birth date; none while one of the two is unknown."""
    born_on = member.birth.exact
    if not born_on or not member.surname:
        return []
    names = (f"{member.prefix} {member.surname}", member.surname)
    return sorted({of_surname_and_birth(name, born_on) for name in names})


def same_name(one: str, other: str) -> bool:
    """The same first name, accents and case aside."""
    return normalised(one) == normalised(other)
