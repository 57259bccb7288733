"""How somebody may be reached without harm, and what a worker must know before ringing the bell."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.circle.models import Audience, OfFamily
from kring.families.models.homes import Household
from kring.families.models.people import FamilyMember
from kring.locks.models import Content, Privacy
from kring.locks.secret import SecretText


class Channel(models.TextChoices):
    PORTAL = "portal", _("in het portaal")
    CALL = "call", _("bellen")
    SMS = "sms", _("sms of appje")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("brief")
    VISIT = "visit", _("langskomen")
    THROUGH_PROFESSIONAL = "through_professional", _("alleen via een professional")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("ja")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("weten we niet")


class SafeContact(OfFamily):
    """Safe contact (veilig contact, harm B6): how, when and as whom somebody may be reached.

    Everything that is sent obeys it (`rules.may_reach`); without a row nothing is sent, it is handed over. Read by the
    professionals of the circle and by the person; where that person lives at a secret address, by the duo and the person.
    """

    lock = Content(kind="contact", about="member_id", definer="select, update")
    privacy = {
        Privacy.SECRET: "phone email meeting_place",
        Privacy.SPECIAL: "channels when as_whom who_may_know voicemail envelope_name language interpreter hearing"
        " reading checked_on note",
        Privacy.FAMILY: "member audience audience_ids",
    }

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")  # see SecretAddress
    channels = ArrayField(models.CharField(max_length=20, choices=Channel.choices), default=list)
    phone = SecretText(blank=True)
    email = SecretText(blank=True)
    when = models.CharField(max_length=200, blank=True)
    as_whom = models.CharField(max_length=120, blank=True)
    who_may_know = models.CharField(max_length=200, blank=True)
    voicemail = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    envelope_name = models.CharField(max_length=120, blank=True)
    meeting_place = SecretText(blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    hearing = models.CharField(max_length=120, blank=True)
    reading = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField()
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    @property
    def channel_names(self) -> list[str]:
        return [str(Channel(way).label) for way in self.channels]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was agreed, as term and value; what is empty is left out, but never whether a voicemail is safe."""
        agreed = [
            (_("Telefoon"), self.phone),
            (_("E-mail"), self.email),
            (_("Wanneer"), self.when),
            (_("Wij zijn"), self.as_whom),
            (_("Wie mag het weten"), self.who_may_know),
            (_("Voicemail"), self.get_voicemail_display()),
            (_("Op envelop en scherm"), self.envelope_name),
            (_("Veilige plek"), self.meeting_place),
            (_("Taal"), self.language),
            (_("Tolk"), self.interpreter),
            (_("Horen en zien"), self.hearing),
            (_("Lezen"), self.reading),
            (_("Verder"), self.note),
        ]
        return [(str(term), value) for term, value in agreed if value]


class DoorDanger(OfFamily):
    """Danger at the door (harm B44): what a worker must know before going there. For professionals only."""

    lock = Content(kind="danger", definer="select, update")
    privacy = {
        Privacy.SPECIAL: "household what not_alone since_on ended_on end_reason",
        Privacy.FAMILY: "audience audience_ids",
    }

    household = models.ForeignKey(Household, null=True, on_delete=models.RESTRICT, related_name="+")
    what = models.CharField(max_length=300)
    not_alone = models.BooleanField(default=True)
    since_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="danger_ends_with_a_reason",
                condition=Q(ended_on__isnull=True) | Q(ended_on__isnull=False) & ~Q(end_reason=""),
            )
        ]
