"""Families: people, homes, ties between people, and how to reach them."""

from kring.families.models.contact import Channel, DoorDanger, SafeContact, YesNoUnknown
from kring.families.models.homes import (
    Address,
    ClueKind,
    Household,
    LivesThere,
    PlaceClue,
    Residence,
    SecretAddress,
)
from kring.families.models.people import (
    BirthPrecision,
    CitizenNumber,
    FamilyMember,
    Gender,
    Inquiry,
    LookupKey,
    LookupKind,
    MemberMerge,
    NoBsnReason,
    Person,
    PersonLink,
    Standing,
)
from kring.families.models.ties import MIRRORED, Authority, AuthorityKind, AuthoritySource, Relation, RelationKind

__all__ = [
    "MIRRORED",
    "Address",
    "Authority",
    "AuthorityKind",
    "AuthoritySource",
    "BirthPrecision",
    "Channel",
    "CitizenNumber",
    "ClueKind",
    "DoorDanger",
    "FamilyMember",
    "Gender",
    "Household",
    "Inquiry",
    "LivesThere",
    "LookupKey",
    "LookupKind",
    "MemberMerge",
    "NoBsnReason",
    "Person",
    "PersonLink",
    "PlaceClue",
    "Relation",
    "RelationKind",
    "Residence",
    "SafeContact",
    "SecretAddress",
    "Standing",
    "YesNoUnknown",
]
