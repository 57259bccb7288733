"""What holds for every template of every room."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = sorted(settings.ROOT.glob("kring/*/templates/**/*.html"))
INLINE = re.compile(
    r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|hx-on|hx-vals\s*=\s*["']js:|javascript:|<script(?![^>]*\ssrc=)""", re.I
)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off|safeseq")
FROM_ELSEWHERE = re.compile(
    r"""<(?:script|link|img|iframe|video|audio)[^>]*(?:src|href)\s*=\s*["'](?:https?:)?//""", re.I
)
POST_FORM = re.compile(r"""<form[^>]*method\s*=\s*["']?post.*?</form>""", re.I | re.S)


def name(path: Path) -> str:
    return str(path.relative_to(settings.ROOT / "kring"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_can_be_read_and_holds_nothing_the_security_policy_forbids(path):
    source = path.read_text(encoding="utf-8")

    get_template(path.as_posix().split("/templates/", 1)[1])
    assert INLINE.findall(source) == []
    assert FROM_ELSEWHERE.findall(source) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_what_people_wrote_is_always_escaped(path):
    assert UNESCAPED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_changes_something_carries_the_token_of_its_own_page(path):
    forms = POST_FORM.findall(path.read_text(encoding="utf-8"))

    assert [form for form in forms if "csrf_token" not in form] == []


def test_the_patterns_find_what_they_are_for():
    for bad in ['<p style="x">', "<style>", '<a onclick="x">', '<b hx-on:click="x">', "<script>x</script>"]:
        assert INLINE.search(bad), bad
    assert not INLINE.search('<script src="/static/a.js" defer></script><a data-one="x" content="y">')
    assert FROM_ELSEWHERE.search('<img src="https://elders.example/x.png">')
    assert UNESCAPED.search("{{ text|safe }}")
    assert POST_FORM.findall('<form method="post" action="/">…</form>')
