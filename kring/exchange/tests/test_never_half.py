"""End to end, with messages as nobody meant to send them: a whole record or none, and always an answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.exchange.models import Receipt
from kring.exchange.tests.mutating import CHANGES, mutated
from kring.exchange.tests.reading import NAMES
from kring.exchange.tests.sending import counted, let_in, said, send, to_veilig_thuis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _from_our_proxy(settings):
    from ipaddress import ip_network

    settings.EXCHANGE_PROXIES = [ip_network("10.0.0.5")]


def test_a_changed_message_leaves_a_whole_record_or_none(cast):
    let_in(cast)
    state = {"number": 0}

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(NAMES), CHANGES, st.booleans())
    def each(name, changes, fresh):
        state["number"] += fresh
        data = to_veilig_thuis(mutated(name, changes)).replace(b"-2026-000", f"-{state['number']}-".encode())
        before, receipts = counted(cast.tom), Receipt.objects.count()
        response = send(data)
        after, noted = counted(cast.tom), Receipt.objects.count() - receipts
        code = said(response, "berichtcode")[0]
        grown = tuple(now - then for now, then in zip(after, before, strict=True))
        assert (response.status_code, grown, noted) in {
            "Bv03": [(200, (1, 1, 0), 1)],
            "Fo01": [(400, (0, 0, 1), 1)],
            "Fo03": [(400, (0, 0, 0), 0), (500, (0, 0, 0), 0)],
            None: [(400, (0, 0, 0), 0)],
        }[code]
        assert said(response, "code")[0] != "StUF046"

    each()


def test_damaged_bytes_leave_a_whole_record_or_none(cast):
    let_in(cast)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 9000), st.binary(max_size=4)), max_size=3))
    def each(name, damage):
        data = bytearray(to_veilig_thuis(mutated(name, [])))
        for where, what in damage:
            data[where : where + len(what)] = what
        families, messages, _refused = counted(cast.tom)
        assert families == messages
        response = send(bytes(data))
        assert response.status_code in (200, 400)
        assert said(response, "code")[0] != "StUF046"

    each()
