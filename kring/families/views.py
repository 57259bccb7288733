"""The professional's pages about people, homes, contact and what they are to each other."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.circle.access import NotThere, OpenFamily, open_family, why_not
from kring.families import models, pages, queries
from kring.families.forms import homes
from kring.families.forms import people as about
from kring.families.forms.base import FamilyForm
from kring.lifecycle.reasons import NotAllowed

Forms = dict[str, type[FamilyForm]]
# The word in the address, and the form behind it.
NEW: Forms = {"gezinslid": about.AddMemberForm, "woonsituatie": homes.NewHomeForm, "gevaar": homes.DangerForm}
OF_A_MEMBER: Forms = {
    "wijzigen": about.ChangeMemberForm,
    "relatie": about.RelationForm,
    "gezag": about.AuthorityForm,
    "bereiken": homes.SafeContactForm,
    "plaats": homes.ClueForm,
    "elders": about.AskElsewhereForm,
}
OF_A_HOME: Forms = {
    "wijzigen": homes.ChangeHomeForm,
    "wie": homes.MoveInForm,
    "adres": homes.AddressForm,
    "geheim-adres": homes.SecretAddressForm,
    "niet-meer-geheim": homes.EndSecrecyForm,
}
ENDING: dict[str, tuple[type[Any], type[FamilyForm]]] = {
    "relatie": (models.Relation, homes.EndRelationForm),
    "plaats": (models.PlaceClue, homes.EndClueForm),
    "verblijf": (models.Residence, homes.MoveOutForm),
    "gevaar": (models.DoorDanger, homes.EndDangerForm),
    "samenvoeging": (models.MemberMerge, about.UnmergeForm),
    "vraag": (models.Inquiry, about.AnswerInquiryForm),
}


@require_safe
def people(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    """Who belong to the family, where they live, and what is still unknown."""
    opened = _open(request, family_id, _("wie er bij het gezin horen"))
    return render(request, "families/people.html", pages.people_page(request.viewer, opened))


@require_safe
def member(request: HttpRequest, family_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """One person: facts, contact, authority, relations, home."""
    opened = _open(request, family_id, _("een gezinslid"))
    context = pages.member_page(request.viewer, opened, member_id)
    if context is None:
        raise NotThere(family_id, "gezinslid")
    return render(request, "families/member.html", context)


@require_safe
def home(request: HttpRequest, family_id: uuid.UUID, household_id: uuid.UUID) -> HttpResponse:
    """One household: who live there, and the address as far as this viewer may know it."""
    opened = _open(request, family_id, _("een woonsituatie"))
    return render(request, "families/home.html", pages.home_page(opened, queries.home_of(opened, household_id)))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, family_id: uuid.UUID, what: str) -> HttpResponse:
    """Somebody or something new in this family."""
    opened = _open(request, family_id, _("iets toevoegen"))
    return _form(request, opened, _named(NEW, what), None, reverse("families:people", args=[family_id]))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, family_id: uuid.UUID, member_id: uuid.UUID, what: str) -> HttpResponse:
    """A form about one member."""
    opened = _open(request, family_id, _("een gezinslid bijwerken"))
    target = queries.member_of(opened, member_id)
    return _form(
        request, opened, _named(OF_A_MEMBER, what), target, reverse("families:member", args=[family_id, target.id])
    )


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, family_id: uuid.UUID, member_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Two rows, one human: both are shown, and what is taken over."""
    opened = _open(request, family_id, _("gezinsleden samenvoegen"))
    kept, other = queries.member_of(opened, member_id), queries.member_of(opened, other_id)
    back = reverse("families:member", args=[family_id, kept.id])
    return _form(request, opened, about.MergeForm, kept, back, other=other)


@require_http_methods(["GET", "POST"])
def change_home(request: HttpRequest, family_id: uuid.UUID, household_id: uuid.UUID, what: str) -> HttpResponse:
    """A form about one household."""
    opened = _open(request, family_id, _("een woonsituatie bijwerken"))
    target = queries.home_of(opened, household_id)
    back = reverse("families:home", args=[family_id, household_id])
    return _form(request, opened, _named(OF_A_HOME, what), target, back)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, family_id: uuid.UUID, what: str, row_id: uuid.UUID) -> HttpResponse:
    """Something is over, or answered."""
    opened = _open(request, family_id, _("iets afsluiten"))
    if what not in ENDING:
        raise Http404
    model, form_class = ENDING[what]
    target = queries.row_of(opened, model, row_id)
    return _form(request, opened, form_class, target, reverse("families:people", args=[family_id]))


def _open(request: HttpRequest, family_id: uuid.UUID, what: str) -> OpenFamily:
    """These are professionals' pages; the family's own are the portal's, and for them these are not there."""
    if request.viewer.kind != "professional":
        raise NotThere(family_id, what)
    opened = open_family(request.viewer, family_id, what)
    if reasons := why_not(request.viewer, opened.roles, "families.see"):
        raise NotAllowed(reasons, family_id)
    return opened


def _named(forms: Forms, what: str) -> type[FamilyForm]:
    if what not in forms:
        raise Http404
    return forms[what]


def _form(
    request: HttpRequest, opened: OpenFamily, form_class: type[FamilyForm], target: Any, back: str, **given: Any
) -> HttpResponse:
    """Show a form, or the reasons why not; send it once; keep what was typed when another was first."""
    reasons = why_not(request.viewer, opened.roles, form_class.permission)
    if reasons and request.method == "POST":
        raise NotAllowed(reasons, opened.id)
    form = form_class(
        request.POST or None, viewer=request.viewer, opened=opened, people=queries.people_of(opened), target=target,
        **given,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and form.save_or_explain():
        messages.success(request, form.done)
        return redirect(request.path if form.stays else back)
    context = {"family": opened, "form": form, "reasons": reasons, "back": back, "target": target, **given}
    response = render(request, "families/form.html", context, status=409 if form.conflict else 200)
    response.shows_content = True  # type: ignore[attr-defined]
    return response
