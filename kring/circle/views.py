"""A circle's own pages: who stands in it, and changing that. The family page itself is the desk's."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.accountability.queries import who_looked
from kring.circle import actions, forms, queries, rules
from kring.circle.access import open_family, why_not, why_not_each
from kring.circle.models import Invitation, Membership

# The word in the address: the form, the act it needs, the heading and the button.
CHANGES: dict[str, tuple[type[forms.CircleForm], str, Any, Any]] = {
    "uitnodigen": (forms.InviteForm, "circle.invite", lazy("Nodig iemand uit"), lazy("Nodig uit")),
    "vast-gezicht": (forms.FaceForm, "circle.set_fixed_face", lazy("Kies het vaste gezicht"), lazy("Leg vast")),
    "geen-vast-gezicht": (forms.NoFaceForm, "circle.set_no_fixed_face", lazy("Nu geen vast gezicht"), lazy("Leg vast")),
    "zicht": (forms.OfferSightForm, "circle.offer_sight", lazy("Zicht op veiligheid aanbieden"), lazy("Bied aan")),
    "regie": (forms.DirectionForm, "circle.set_direction", lazy("Wie heeft de regie?"), lazy("Leg vast")),
    "kader": (forms.FrameForm, "circle.set_frame", lazy("In welk kader is de hulp?"), lazy("Leg vast")),
    "afspraak": (
        forms.ContactCardForm,
        "circle.write_contact_card",
        lazy("Afspraak met school of huisarts"),
        lazy("Leg vast"),
    ),
}


@require_safe
def people(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    """Who stands around this family and why, and what you may change."""
    family = open_family(request.viewer, family_id, _("wie er in de kring staat"))
    members = queries.members_of_circle(family)
    mine = next((m for m in members if m.professional_id == request.viewer.id), None)
    acts = [*(act for _f, act, _h, _b in CHANGES.values()), "circle.take_up_sight"]
    against = why_not_each(request.viewer, family.roles, acts)
    buttons = [(word, heading, against[act]) for word, (_f, act, heading, _b) in CHANGES.items()]
    context = {
        "family": family,
        "members": [(m, queries.name_of(m), queries.in_short(m)) for m in members],
        "facts": queries.facts(family, members),
        "mine": mine,
        "buttons": buttons,
        "take_up": family.circle.sight_accepted_at is None and not against["circle.take_up_sight"],
        "accept": mine and not rules.may_accept_sight(family.circle, mine),
        "leave_reasons": rules.may_leave(family.circle, mine) if mine else [],
        "cards": queries.contact_cards(family),
    }
    return render(request, "circle/people.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, family_id: uuid.UUID, what: str) -> HttpResponse:
    """One of the changes above: an explained form, or the reasons why not."""
    if what not in CHANGES:
        raise Http404
    form_class, act, heading, label = CHANGES[what]
    family = open_family(request.viewer, family_id, _("de kring aanpassen"))
    reasons = why_not(request.viewer, family.roles, act)
    given: dict[str, Any] = {
        "viewer": request.viewer,
        "family": family,
        "members": queries.members_of_circle(family),
    }
    form = form_class(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Vastgelegd."))
        return redirect("circle:people", family_id)
    context = {"family": family, "form": form, "heading": heading, "label": label, "reasons": reasons}
    return render(request, "circle/change.html", context)


@require_POST
def take_up(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    """Take a new report of one's desk by name."""
    family = open_family(request.viewer, family_id, _("zicht op veiligheid op zich nemen"))
    actions.take_up_sight(by=request.viewer, family=family.family)
    messages.success(request, _("U heeft zicht op veiligheid, vanaf nu."))
    return redirect("circle:people", family_id)


@require_POST
def accept_sight(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    family = open_family(request.viewer, family_id, _("zicht op veiligheid aanvaarden"))
    actions.accept_sight(by=request.viewer, family=family.family)
    messages.success(request, _("U heeft zicht op veiligheid, vanaf nu."))
    return redirect("circle:people", family_id)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    """Leave the circle, after being asked once more."""
    family = open_family(request.viewer, family_id, _("de kring verlaten"))
    mine = Membership.objects.filter(
        queries.active_now(), family_id=family_id, professional_id=request.viewer.id
    ).first()
    if mine is None:
        raise Http404
    if request.method == "POST":
        actions.end_membership(by=request.viewer, membership=mine, reason=_("zelf vertrokken"))
        messages.success(request, _("U staat niet meer in deze kring."))
        return redirect("desk:today")
    return render(request, "circle/leave.html", {"family": family, "reasons": rules.may_leave(family.circle, mine)})


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Answer an invitation: yes by name, or no."""
    invited = next((one for one in queries.my_invitations() if one.id == invitation_id), None)
    if invited is None:
        raise Http404
    if request.method == "POST":
        try:
            joined = actions.answer_invitation(
                by=request.viewer, invitation_id=invitation_id, accept="yes" in request.POST
            )
        except Invitation.DoesNotExist as error:
            raise Http404 from error
        return redirect("desk:family", invited.family_id) if joined else redirect("desk:today")
    return render(request, "circle/invitation.html", {"invited": invited})


@require_http_methods(["GET", "POST"])
def ask_access(request: HttpRequest) -> HttpResponse:
    """Ask a colleague to be let into a circle."""
    form = forms.AskAccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(request.viewer)
        messages.success(request, _("Uw vraag is verstuurd. Of er een kring is, hoort u alleen van uw collega zelf."))
        return redirect("desk:today")
    return render(request, "circle/ask_access.html", {"form": form})


@require_http_methods(["GET", "POST"])
def access_requests(request: HttpRequest) -> HttpResponse:
    """Who asks me to be let in; `done` takes a question off the desk."""
    if request.method == "POST":
        asked = queries.access_requests(request.viewer).filter(pk=_uuid(request.POST.get("done", ""))).first()
        if asked is None:
            raise Http404
        actions.close_access_request(by=request.viewer, request=asked)
        return redirect("circle:access_requests")
    return render(request, "circle/access_requests.html", {"asked": queries.access_requests(request.viewer)})


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, family_id: uuid.UUID, membership_id: uuid.UUID) -> HttpResponse:
    """What one member may see, who may know of it, and ending the membership."""
    family = open_family(request.viewer, family_id, _("wat een deelnemer mag zien"))
    members = queries.members_of_circle(family)
    whom = next((m for m in members if m.id == membership_id), None)
    if whom is None:
        raise Http404
    if "end" in request.POST:
        actions.end_membership(by=request.viewer, membership=whom, reason=_("beëindigd door het duo"))
        messages.success(request, _("De deelname is beëindigd."))
        return redirect("circle:people", family_id)
    form = forms.ScopeForm(request.POST or None, member=whom, viewer=request.viewer, family=family, members=members)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Vastgelegd."))
        return redirect("circle:people", family_id)
    against = why_not_each(request.viewer, family.roles, ["circle.set_scope", "circle.end_membership"])
    context = {
        "family": family,
        "form": form,
        "name": queries.name_of(whom),
        "short": queries.in_short(whom),
        "reasons": against["circle.set_scope"],
        "end_reasons": [*against["circle.end_membership"], *rules.may_leave(family.circle, whom)],
    }
    return render(request, "circle/member.html", context)


LOOKS_PER_PAGE = 30


@require_safe
def logbook(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    """Who looked and who wrote, one line a person a day. A look at the trail is on the trail itself."""
    family = open_family(request.viewer, family_id, _("logboek"))
    number = request.GET.get("pagina", "1")
    if not number.isdecimal() or not 0 < int(number) < 10_000:
        raise Http404
    looks = who_looked(request.viewer, family_id, skip=(int(number) - 1) * LOOKS_PER_PAGE, most=LOOKS_PER_PAGE)
    page = Page(looks, int(number), Paginator(range(looks.total), LOOKS_PER_PAGE))
    return render(request, "circle/logbook.html", {"family": family, "page": page})
