"""The family as an anchor, and who stands around it: membership, fixed face, sight on safety, direction."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.locks.models import Content, Index, Model, Own, Privacy


class Family(Model):
    """Family (gezin, huishouden): an id and a label; 0 to 100 years, with or without children. There is no case.

    `provisional`: founded by a concern report before it is known who it is about.
    """

    lock = Index(family="id", writes=("update",), definer="select, insert")
    privacy = {Privacy.FAMILY: "label provisional"}

    label = models.CharField(max_length=80)
    provisional = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["label"], name="family_label")]


class OfFamily(Model):
    """Base of everything that belongs to one family."""

    privacy = {Privacy.FAMILY: "family"}

    family = models.ForeignKey(Family, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        abstract = True


class Audience(models.TextChoices):
    """Who may know of a membership, a happening or a trail row (harm B4); others named in `audience_ids`."""

    EVERYONE = "everyone", _("iedereen in de kring")
    PROFESSIONALS = "professionals", _("alleen professionals")
    DUO = "duo", _("alleen het duo")
    NAMED = "named", _("alleen wie genoemd is")


class MembershipRole(models.TextChoices):
    RECEIVING_DESK = "receiving_desk", _("Ontvangstbalie")
    ASSESSOR = "assessor", _("Beoordelaar Veilig Thuis")
    LOCAL_PROFESSIONAL = "local_professional", _("Lokaal team")
    SAFETY_PARTNER = "safety_partner", _("Veiligheidspartner")
    DUTY = "duty", _("Piketdienst")
    EXPERT = "expert", _("Expert")
    CARE_PROVIDER = "care_provider", _("Hulpverlener")
    INSTITUTION_WORKER = "institution_worker", _("Jeugdbeschermer")
    BOARD_INVESTIGATOR = "board_investigator", _("Raadsonderzoeker")
    BEHAVIOURAL_SCIENTIST = "behavioural_scientist", _("Gedragswetenschapper")
    EXPERIENCE_EXPERT = "experience_expert", _("Ervaringsdeskundige")
    INSPECTOR = "inspector", _("Inspecteur")
    CLIENT_SUPPORTER = "client_supporter", _("Cliëntondersteuner")
    FAMILY_MEMBER = "family_member", _("Gezinslid")
    SUPPORTER = "supporter", _("Steunfiguur")


class Ground(models.TextChoices):
    """Ground (grondslag): why somebody may see or share."""

    CONSENT = "consent", _("Toestemming")
    DIRECTLY_INVOLVED = "directly_involved", _("Rechtstreeks betrokken bij deze hulp (Jeugdwet 7.3.11 lid 2 onder a)")
    VEILIG_THUIS = "veilig_thuis", _("Taak van Veilig Thuis (Wmo 2015 4.1.1)")
    VEILIG_THUIS_TRANSFER = "veilig_thuis_transfer", _("Overdracht door Veilig Thuis (Wmo 2015 4.1.1 lid 2 onder d)")
    MEASURE = "measure", _("Uitvoering van een maatregel (Jeugdwet 3.2)")
    BOARD = "board", _("Onderzoek van de Raad (Jeugdwet 3.1)")
    EMERGENCY = "emergency", _("Spoed: vitaal belang (AVG artikel 6 lid 1 onder d)")
    SUPERVISION = "supervision", _("Toezicht (Jeugdwet 9.2)")
    SELF = "self", _("Het eigen gezin")


class Membership(OfFamily):
    """Membership (deelname): one professional, supporter, family member or receiving desk in one circle.

    What it opens (harm B27): `opens_kinds` of content, `opens_persons`, `opens_domains` (null: all), from `opens_from`.
    Written by definer functions only: no page, and no injection into one, can make somebody a member.
    """

    lock = Index(writes=(), definer="select, insert, update")
    privacy = {
        Privacy.FAMILY: "professional person_id desk role ground ground_note from_at until_at end_reason admitted_by"
        " opens_kinds opens_persons opens_domains opens_from audience audience_ids"
    }

    professional = models.ForeignKey(
        "accounts.Professional", null=True, on_delete=models.RESTRICT, related_name="memberships", db_index=False
    )
    person_id = models.UUIDField(null=True)
    desk = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.RESTRICT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=24, choices=MembershipRole.choices)
    ground = models.CharField(max_length=24, choices=Ground.choices)
    ground_note = models.CharField(max_length=200, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    admitted_by = models.UUIDField(null=True)
    opens_kinds = ArrayField(models.CharField(max_length=20), null=True)
    opens_persons = ArrayField(models.UUIDField(), null=True)
    opens_domains = ArrayField(models.CharField(max_length=2), null=True)
    opens_from = models.DateField(null=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.EVERYONE)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        # The locks ask whose families these are in every query. A desk lets go of nearly all it held: only what it holds.
        indexes = [
            models.Index(fields=["professional", "family"], name="membership_professional"),
            models.Index(
                fields=["person_id", "family"], name="membership_person", condition=Q(person_id__isnull=False)
            ),
            models.Index(
                fields=["desk", "family"],
                name="membership_desk",
                condition=Q(desk__isnull=False, until_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["family", "id"], name="membership_in_family"),
            models.CheckConstraint(
                name="membership_of_exactly_one",
                condition=(
                    Q(professional__isnull=False, person_id__isnull=True, desk__isnull=True)
                    | Q(professional__isnull=True, person_id__isnull=False, desk__isnull=True)
                    | Q(professional__isnull=True, person_id__isnull=True, desk__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=models.F("from_at")),
            ),
        ]


class NoFaceReason(models.TextChoices):
    """Why there is no fixed face now (harm B26): always with who watches and until when."""

    IN_ASSESSMENT = "in_assessment", _("de melding wordt nog beoordeeld")
    BEING_SOUGHT = "being_sought", _("er wordt iemand gezocht")
    DECLINED = "declined", _("het gezin wil nu geen vast gezicht")
    ENDED = "ended", _("de hulp is afgesloten")


class DirectionKind(models.TextChoices):
    """Direction (regie, harm B23): who directs."""

    FAMILY = "family", _("Het gezin zelf")
    PROFESSIONAL = "professional", _("Een professional")
    INSTITUTION = "institution", _("De gecertificeerde instelling")


class Frame(models.TextChoices):
    """Frame (kader): shown and dated everywhere."""

    VOLUNTARY = "voluntary", _("Vrijwillig kader")
    PRESSURE = "pressure", _("Drang")
    ORDERED = "ordered", _("Gedwongen kader")


class Circle(OfFamily):
    """Circle (kring): the three facts that always hold, each dated (architecture, decision 2).

    Sight on safety is never empty: `sight_owner` is not null and is an active membership, also under two simultaneous
    changes. `sight_accepted_at` is empty only while a receiving desk holds a new report and nobody took it by name.
    An offered sight passes when the receiver accepts by name (harm B12); until then the giver holds it.
    """

    lock = Index(writes=("update",), definer="select, insert, update")
    privacy = {
        Privacy.FAMILY: "sight_owner sight_since sight_accepted_at sight_offered_to sight_offered_at fixed_face"
        " fixed_face_since deputy no_face_reason no_face_until direction direction_by direction_since frame frame_since"
    }

    family = models.OneToOneField(Family, on_delete=models.RESTRICT, related_name="circle")
    sight_owner = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    sight_since = models.DateTimeField()
    sight_accepted_at = models.DateTimeField(null=True)
    sight_offered_to = models.ForeignKey(Membership, null=True, on_delete=models.RESTRICT, related_name="+")
    sight_offered_at = models.DateTimeField(null=True)
    fixed_face = models.ForeignKey(Membership, null=True, on_delete=models.RESTRICT, related_name="+")
    fixed_face_since = models.DateTimeField(null=True)
    deputy = models.ForeignKey(Membership, null=True, on_delete=models.RESTRICT, related_name="+")
    no_face_reason = models.CharField(max_length=16, choices=NoFaceReason.choices, blank=True)
    no_face_until = models.DateField(null=True)
    direction = models.CharField(max_length=16, choices=DirectionKind.choices, default=DirectionKind.FAMILY)
    direction_by = models.ForeignKey(Membership, null=True, on_delete=models.RESTRICT, related_name="+")
    direction_since = models.DateTimeField()
    frame = models.CharField(max_length=12, choices=Frame.choices, default=Frame.VOLUNTARY)
    frame_since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fixed_face_or_a_reason_why_none",
                condition=(
                    Q(fixed_face__isnull=False, fixed_face_since__isnull=False, no_face_reason="")
                    | Q(fixed_face__isnull=True, no_face_until__isnull=False) & ~Q(no_face_reason="")
                ),
            ),
            models.CheckConstraint(
                name="direction_by_the_family_or_by_somebody",
                condition=Q(direction="family", direction_by__isnull=True)
                | ~Q(direction="family") & Q(direction_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sight_offered_to_whom_and_when",
                condition=Q(sight_offered_to__isnull=True, sight_offered_at__isnull=True)
                | Q(sight_offered_to__isnull=False, sight_offered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deputy_is_another", condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("fixed_face"))
            ),
        ]


class InvitationState(models.TextChoices):
    OPEN = "open", _("Wacht op antwoord")
    ACCEPTED = "accepted", _("Aanvaard")
    DECLINED = "declined", _("Afgeslagen")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class Invitation(OfFamily):
    """An invitation to join a circle, with what the membership would open; it counts when accepted by name.

    The invited person is no member yet: `sec.my_invitations()` shows what is needed to answer, no more.
    """

    lock = Index(writes=("insert", "update"), definer="select, update")
    privacy = {
        Privacy.FAMILY: "professional role ground ground_note opens_kinds opens_persons opens_domains opens_from audience"
        " audience_ids invited_by state answered_at until_at"
    }

    professional = models.ForeignKey("accounts.Professional", on_delete=models.RESTRICT, related_name="+")
    role = models.CharField(max_length=24, choices=MembershipRole.choices)
    ground = models.CharField(max_length=24, choices=Ground.choices)
    ground_note = models.CharField(max_length=200, blank=True)
    opens_kinds = ArrayField(models.CharField(max_length=20), null=True)
    opens_persons = ArrayField(models.UUIDField(), null=True)
    opens_domains = ArrayField(models.CharField(max_length=2), null=True)
    opens_from = models.DateField(null=True)
    until_at = models.DateTimeField(null=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.EVERYONE)
    audience_ids = ArrayField(models.UUIDField(), default=list)
    invited_by = models.ForeignKey("accounts.Professional", on_delete=models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.OPEN)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["professional", "state"], name="invitation_for_whom")]


class AccessRequest(Model):
    """A professional asks another to be let into a circle that the other may know. The asker learns nothing: what was
    asked lies with the one who was asked, whether or not there is such a circle."""

    lock = Own(subject="asked_id", writes=("update",), definer="select, insert", trail=True)
    privacy = {Privacy.SPECIAL: "about reason", Privacy.ORGANISATION: "asked_id asker_id ground answered_at"}

    asked_id = models.UUIDField(db_index=True)
    asker_id = models.UUIDField()
    about = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    ground = models.CharField(max_length=24, choices=Ground.choices)
    answered_at = models.DateTimeField(null=True)


class ContactCard(OfFamily):
    """School and GP card (harm B45): who they are, what they may know, what was agreed. Not a membership.

    A school is a place: professionals read it, and once somebody lives at a secret address the duo only (harm B4).
    """

    lock = Content(kind="place", about="about_member_id")
    privacy = {
        Privacy.FAMILY: "audience audience_ids",
        Privacy.PERSONAL: "kind name organisation phone about_member_id",
        Privacy.SPECIAL: "may_know agreed told_at",
    }

    KINDS = [("school", _("School")), ("general_practice", _("Huisarts")), ("other", _("Anders"))]
    kind = models.CharField(max_length=16, choices=KINDS)
    name = models.CharField(max_length=100)
    organisation = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    about_member_id = models.UUIDField(null=True)
    may_know = models.TextField(max_length=600)
    agreed = models.TextField(max_length=600)
    told_at = models.DateTimeField(null=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)
