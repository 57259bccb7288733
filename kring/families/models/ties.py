"""What people are to each other, and who has authority over a child."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.circle.models import OfFamily
from kring.families.models.people import FamilyMember
from kring.locks.models import Content, Privacy


class RelationKind(models.TextChoices):
    """`member` is … of `other`. The mirror image is worked out (queries), never stored twice."""

    PARENT = "parent", _("ouder")
    NON_LEGAL_PARENT = "non_legal_parent", _("ouder, niet juridisch")
    STEP_PARENT = "step_parent", _("stiefouder")
    FOSTER_PARENT = "foster_parent", _("pleegouder")
    GRANDPARENT = "grandparent", _("grootouder")
    CARER = "carer", _("verzorger")
    GUARDIAN = "guardian", _("voogd")
    MENTOR = "mentor", _("mentor")
    CURATOR = "curator", _("curator")
    PARTNER = "partner", _("partner")
    EX_PARTNER = "ex_partner", _("ex-partner")
    SIBLING = "sibling", _("broer of zus")
    HALF_SIBLING = "half_sibling", _("halfbroer of halfzus")
    STEP_SIBLING = "step_sibling", _("stiefbroer of stiefzus")
    FOSTER_SIBLING = "foster_sibling", _("pleegbroer of pleegzus")
    RELATIVE = "relative", _("andere verwant")
    OTHER = "other", _("anders")


# What the other is to who is parent, grandparent, guardian of them. Kinds that are not here are the same both ways.
MIRRORED = {
    RelationKind.PARENT: _("kind"),
    RelationKind.NON_LEGAL_PARENT: _("kind"),
    RelationKind.STEP_PARENT: _("stiefkind"),
    RelationKind.FOSTER_PARENT: _("pleegkind"),
    RelationKind.GRANDPARENT: _("kleinkind"),
    RelationKind.CARER: _("krijgt zorg van deze persoon"),
    RelationKind.GUARDIAN: _("pupil"),
    RelationKind.MENTOR: _("staat onder mentorschap van deze persoon"),
    RelationKind.CURATOR: _("staat onder curatele van deze persoon"),
}


class Relation(OfFamily):
    """Relation (relatie) between two members of one family, over time. `words` is what somebody called it."""

    lock = Content(kind="family", about="member_id", definer="select, update")
    privacy = {Privacy.PERSONAL: "member other kind words from_on until_on"}

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    other = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=20, choices=RelationKind.choices)
    words = models.CharField(max_length=80, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="relation_between_two", condition=~Q(member=models.F("other"))),
            models.CheckConstraint(
                name="relation_ends_after_it_begins",
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        ]


class AuthorityKind(models.TextChoices):
    """The types of the national register (Haal Centraal gezag), and that nobody established it yet."""

    UNKNOWN = "unknown", _("Niet vastgesteld")
    JOINT_PARENTAL = "joint_parental", _("Gezamenlijk ouderlijk gezag")
    SINGLE_PARENTAL = "single_parental", _("Eenhoofdig ouderlijk gezag")
    JOINT_WITH_OTHER = "joint_with_other", _("Gezamenlijk gezag van een ouder en een ander")
    GUARDIANSHIP = "guardianship", _("Voogdij")
    TEMPORARILY_NONE = "temporarily_none", _("Tijdelijk geen gezag")
    UNDETERMINABLE = "undeterminable", _("Gezag niet te bepalen")


class AuthoritySource(models.TextChoices):
    REGISTER = "register", _("gezagsregister of BRP")
    RULING = "ruling", _("uitspraak van de rechter")
    SAID = "said", _("zo is het verteld")
    MESSAGE = "message", _("uit de melding")


class Authority(OfFamily):
    """Authority (gezag) over a child, over time. No row means: not established. Never taken from a measure: a
    supervision order is no authority (domain 4.3).

    `holders` are member ids; `holder_words` names a holder outside the family or an institution.
    `under_investigation`: the register is looking into it (inOnderzoek), so nothing may rest on it alone.
    """

    lock = Content(kind="family", about="child_id", definer="select, update")
    privacy = {
        Privacy.PERSONAL: "child kind holders holder_words under_investigation explanation source checked_on from_on"
        " until_on"
    }

    child = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=20, choices=AuthorityKind.choices, default=AuthorityKind.UNKNOWN)
    holders = ArrayField(models.UUIDField(), default=list)
    holder_words = models.CharField(max_length=160, blank=True)
    under_investigation = models.BooleanField(default=False)
    explanation = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=AuthoritySource.choices, default=AuthoritySource.SAID)
    checked_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(until_on__isnull=True), name="one_authority_over_a_child_now"
            )
        ]
