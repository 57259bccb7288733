"""`kring receive FILE…`: the same road as the door, from files."""

import pytest
from django.core.management import CommandError, call_command

from kring.exchange.models import Receipt
from kring.exchange.tests.reading import without
from kring.exchange.tests.sending import POLICE, counted, let_in, ready

pytestmark = pytest.mark.django_db(transaction=True)


def files(folder, **contents):
    made = []
    for name, data in contents.items():
        made.append(folder / f"{name}.xml")
        made[-1].write_bytes(data)
    return made


def test_files_are_taken_in_and_the_answers_kept(cast, tmp_path, capsys):
    let_in(cast)
    found = files(tmp_path, one=ready("zorgmelding"), two=ready("vt_melding"), three=ready("melding_generiek"))
    call_command("receive", *found, sender=POLICE, answers=tmp_path / "answers")
    assert capsys.readouterr().out.split("\n")[:3] == ["one.xml: accepted", "two.xml: accepted", "three.xml: accepted"]
    assert b"Bv03" in (tmp_path / "answers" / "two.answer.xml").read_bytes()
    assert counted(cast.tom) == (3, 3, 0)


def test_a_file_that_is_refused_does_not_stop_the_others_and_is_said(cast, tmp_path):
    let_in(cast)
    broken = without("vt_melding", "//JZ:omschrijvingIncident")
    found = files(tmp_path, no=b"geen xml", half=broken, yes=ready("zorgmelding"), again=ready("zorgmelding"))
    with pytest.raises(CommandError, match="3 of 4 refused"):
        call_command("receive", *found, sender=POLICE)
    assert counted(cast.tom) == (1, 1, 0)


def test_a_file_of_an_unknown_sender_is_not_opened(cast, tmp_path):
    with pytest.raises(CommandError, match="not a known sender"):
        call_command("receive", *files(tmp_path, one=ready("zorgmelding")), sender=POLICE)
    assert not Receipt.objects.exists()


def test_a_file_that_is_not_there_is_said(cast, tmp_path):
    let_in(cast)
    with pytest.raises(CommandError, match="No such file"):
        call_command("receive", tmp_path / "nergens.xml", sender=POLICE)
