"""May a professional act now, by certificate, registration and training?"""

import uuid
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.accounts.models import Credential, CredentialKind
from kring.lifecycle.reasons import Reason, rule

LABELS = dict(CredentialKind.choices)


@rule(
    source="Jeugdwet 3.4 lid 5, 4.1.6; Besluit Jeugdwet 5.1.1 (norm van de verantwoorde werktoedeling)",
    binds="elke professional",
)
def lapsed(credentials: list[Credential], today: date) -> list[Reason]:
    """Wie handelt in een kring heeft een registratie, verklaring, scholing en certificaat die nog geldig zijn."""
    newest: dict[tuple[str, bool], Credential] = {}
    for credential in sorted(credentials, key=lambda one: one.valid_until):
        newest[(credential.kind, credential.professional_id is None)] = credential
    return [
        Reason(
            f"lapsed_{credential.kind}",
            _("%(what)s is verlopen op %(day)s. Laat dit eerst vernieuwen; draag wat niet kan wachten over.")
            % {"what": LABELS[credential.kind], "day": credential.valid_until.strftime("%d-%m-%Y")},
            "Jeugdwet 3.4, 4.1.6",
        )
        for credential in newest.values()
        if credential.valid_until < today
    ]


def credentials_hold(professional_id: uuid.UUID, organisation_id: uuid.UUID | None) -> list[Reason]:
    """The rule above for one professional and the mother organisation, today."""
    held = Credential.objects.filter(Q(professional_id=professional_id) | Q(organisation_id=organisation_id))
    return lapsed(list(held), timezone.localdate())
