"""`kring make_administrator`: the one thing no administrator can do, which is to be there first. Runs as the owner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from kring.accounts.models import Account, Appointment, Organisation, OrganisationKind, Professional, Region, Role
from kring.locks.postgres.base import as_owner
from kring.locks.secret import normalised


class Command(BaseCommand):
    help = "Make the first administrator, with region and organisation, and an account without a password."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, what in (
            ("email", "to sign in with"),
            ("given-name", ""),
            ("surname", ""),
            ("organisation", "the organisation that runs Kring here"),
            ("region", "the region it is for"),
        ):
            parser.add_argument(f"--{name}", required=True, help=what)

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(), transaction.atomic():
            if Appointment.objects.filter(role=Role.ADMINISTRATOR).exists():
                raise CommandError("There is an administrator already: ask that person to appoint another one.")
            region, _ = Region.objects.get_or_create(name=options["region"])
            home, _ = Organisation.objects.get_or_create(
                name=options["organisation"], kind=OrganisationKind.MUNICIPALITY, defaults={"region": region}
            )
            given, surname = options["given_name"], options["surname"]
            who = Professional.objects.create(
                given_name=given, surname=surname, sort_name=normalised(f"{surname} {given}"), organisation=home,
                function="beheerder", email=options["email"],
            )  # fmt: skip
            Appointment.objects.create(
                professional=who, organisation=home, role=Role.ADMINISTRATOR, from_on=timezone.localdate()
            )
        Account.objects.create_user(options["email"], None, subject_id=who.pk, subject_kind="professional")
        self.stdout.write("Made. Choose a password by “Wachtwoord vergeten” on the sign-in page, then a second factor.")
