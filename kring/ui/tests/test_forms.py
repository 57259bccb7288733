from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms

from kring.ui.forms import DayInput, KringForm

KEY = "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0001"


class Visit(KringForm):
    text = forms.CharField(label="Vertel", widget=forms.Textarea, help_text="Kort mag.")
    day = forms.DateField(label="Wanneer", widget=DayInput, required=False)
    place = forms.ChoiceField(label="Waar", choices=[("a", "Thuis"), ("b", "School")], widget=forms.RadioSelect)


def drawn(form):
    return BeautifulSoup(str(form), "html.parser")


def sent(**values):
    return {"idempotency_key": KEY, "version": "3", "text": "Mijn tekst", "place": "a", **values}


def test_each_page_gets_its_own_key():
    keys = {drawn(Visit()).find(attrs={"name": "idempotency_key"})["value"] for _ in range(2)}

    assert len(keys) == 2


def test_a_second_send_carries_the_same_key_and_the_version_that_was_on_the_screen():
    form = Visit(sent(text=""))
    assert not form.is_valid()

    assert drawn(form).find(attrs={"name": "idempotency_key"})["value"] == KEY
    assert drawn(form).find(attrs={"name": "version"})["value"] == "3"


@pytest.mark.parametrize("broken", ["", "not-a-key"])
def test_without_a_good_key_the_text_stays_and_the_next_send_works(broken):
    form = Visit(sent(idempotency_key=broken))
    assert not form.is_valid()
    page = drawn(form)

    assert page.textarea.text.strip() == "Mijn tekst"
    again = Visit(sent(idempotency_key=page.find(attrs={"name": "idempotency_key"})["value"]))
    assert again.is_valid()


def test_every_error_stands_on_top_and_leads_to_its_field():
    page = drawn(Visit(sent(text="", place="", day="gisteren")))

    links = page.find(class_="error-summary").find_all("a")
    assert len(links) == 3
    for link in links:
        assert page.find(id=link["href"][1:]).name in ("textarea", "input")


def test_an_error_and_the_help_are_read_with_the_field():
    page = drawn(Visit(sent(text="")))

    described = page.textarea["aria-describedby"].split()
    texts = [page.find(id=name).get_text(" ", strip=True) for name in described]
    assert texts == ["Kort mag.", "Fout: Vul dit in."]
    assert page.textarea["aria-invalid"] == "true"


def test_a_field_that_may_stay_empty_says_so_and_the_others_do_not():
    page = drawn(Visit())

    assert [mark.parent.get_text(" ", strip=True) for mark in page.find_all(class_="optional")] == [
        "Wanneer (niet verplicht)"
    ]


def test_two_who_write_at_once_both_keep_their_words():
    form = Visit(sent(day="2026-11-09"))
    assert form.is_valid()
    form.show_conflict(now={"text": "De tekst van Joost", "day": date(2026, 11, 9)}, version=4, by="Joost Bos")
    page = drawn(form)

    assert page.textarea.text.strip() == "Mijn tekst"
    assert "De tekst van Joost" in page.find(class_="stands-now").text
    assert len(page.find_all(class_="stands-now")) == 1, "only where the two differ"
    assert "Joost Bos was je net voor" in page.find(class_="error-summary").text
    assert page.find(attrs={"name": "version"})["value"] == "4", "sending again is a choice made knowingly"


def test_text_of_people_is_never_markup():
    form = Visit(sent(text="<b>vet</b>"))
    form.show_conflict(now={"text": "<script>x</script>"}, version=4)

    assert "<script>" not in str(form)
    assert "<b>" not in str(form)


def test_a_list_to_choose_from_answers_for_nobody():
    class Source(KringForm):
        kind = forms.ChoiceField(label="Wat", choices=[("a", "Zelf gezien"), ("b", "Gehoord")])

    assert drawn(Source()).select_one("option[selected]")["value"] == ""
    assert Source(sent(kind="")).errors["kind"] == ["Kies wat klopt."]
    assert Source(sent(kind="b")).is_valid()
