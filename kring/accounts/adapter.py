"""What Kring asks of django-allauth: nobody signs themselves up, a second factor is mandatory, and signing in mints the
token that the database knows somebody by."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kring.accounts.models import Account
from kring.accounts.sign_in import mint, remember


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        return enter(request, user, response)


class OrganisationSignIn(DefaultSocialAccountAdapter):
    """An organisation's own identity provider (OIDC): it signs in people an administrator has made known, no others."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def enter(request: HttpRequest, account: Account, response: HttpResponse) -> HttpResponse:
    """Give the browser its token; with a password and no second factor the only page is the one to set it up."""
    came_by_provider = any(
        m.get("method") == "socialaccount" for m in request.session.get("account_authentication_methods", [])
    )
    if not came_by_provider and not is_mfa_enabled(account):
        from django.http import HttpResponseRedirect

        return HttpResponseRedirect(reverse("mfa_index"))
    remember(response, mint(account.subject_id, account.subject_kind))
    return response
