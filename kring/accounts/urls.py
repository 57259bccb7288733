"""Signing in and out. Nobody signs up or changes an address by themselves: an administrator knows who is who."""

from allauth.account import views as allauth_views
from django.urls import include, path

from kring.accounts import views

urlpatterns = [
    path("accounts/login/", allauth_views.login, name="account_login"),
    path("accounts/logout/", views.sign_out, name="account_logout"),
    path("accounts/reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("accounts/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("accounts/password/change/", allauth_views.password_change, name="account_change_password"),
    path("accounts/password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "accounts/password/reset/key/<uidb36>-<key>/",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("beheer/", views.administer, name="administer"),
    path("beheer/nieuw/", views.administer_add, name="administer_add"),
    path("beheer/<uuid:professional_id>/", views.administer_person, name="administer_person"),
    path("beheer/<uuid:professional_id>/<slug:what>/", views.administer_change, name="administer_change"),
    path("account/", views.account, name="account"),
    path("account/overal-uitloggen/", views.sign_out_everywhere, name="account_sign_out_everywhere"),
]
# allauth sends whoever may not sign up here; it is closed for everybody.
urlpatterns.append(path("accounts/signup/", views.no_signing_up, name="account_signup"))
