"""What a transaction need not do twice is forgotten with the part that is rolled back."""

import pytest
from django.db import transaction

from kring.circle.access import ensure_open
from kring.circle.actions import found_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.locks.postgres.base import done_here
from tests.bed import acting

pytestmark = pytest.mark.django_db


def a_family(cast: Cast) -> Family:
    from django.utils import timezone

    with acting(cast.tom) as tom:
        return found_family(
            by=tom, label="Melding", desk_id=cast.organisation("veilig_thuis"), assessed_before=timezone.localdate()
        )


def test_opening_that_was_rolled_back_is_opened_again(cast: Cast, django_assert_num_queries) -> None:
    family = a_family(cast)
    with acting(cast.tom) as tom:
        with transaction.atomic():
            ensure_open(tom, family.id, "test")
            transaction.set_rollback(True)
        assert done_here() == set()
        with django_assert_num_queries(1):
            ensure_open(tom, family.id, "test")


def test_what_one_request_opened_is_shut_for_the_next(cast: Cast, django_assert_num_queries) -> None:
    family = a_family(cast)
    with acting(cast.tom) as tom:
        ensure_open(tom, family.id, "test")
        with django_assert_num_queries(0):
            ensure_open(tom, family.id, "test")
    with acting(cast.tom) as tom, django_assert_num_queries(1):
        ensure_open(tom, family.id, "test")
