"""Signing in, one's own account, and the pages on people.

The library's views are named here one by one, with Swedish addresses: what is not named does not exist (signing up by
oneself, changing one's address, telephone numbers).
"""

from allauth.account import views as signing
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as directory
from allauth.socialaccount.providers.saml import views as saml
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from ledtrad.apps.people.views import inviting, leaving, own_account, people, person, signing_in
from ledtrad.apps.people.views import saml as our_saml

_OIDC = "konto/inloggning/oidc/<slug:provider_id>/"
_SAML = "konto/inloggning/saml/<slug:organization_slug>/"

urlpatterns = [
    path("konto/", own_account.account, name="account"),
    path("konto/post/", own_account.choose_mail, name="account_mail"),
    path("konto/kalender/", own_account.renew_feed, name="account_feed"),
    path("konto/logga-ut-overallt/", own_account.sign_out_everywhere, name="account_sign_out_everywhere"),
    path("konto/sessioner/", sessions.list_usersessions, name="usersessions_list"),
    path("konto/logga-in/", signing_in.sign_in, name="account_login"),
    path("konto/logga-in-som/<slug:key>/", signing_in.sign_in_as, name="account_sign_in_as"),
    path("konto/logga-ut/", signing.logout, name="account_logout"),
    path("konto/avslutat/", signing.account_inactive, name="account_inactive"),
    path("konto/bekrafta/", signing.reauthenticate, name="account_reauthenticate"),
    path("konto/losenord/", signing.password_change, name="account_change_password"),
    path("konto/losenord/valj/", signing.password_set, name="account_set_password"),
    path("konto/losenord/glomt/", signing.password_reset, name="account_reset_password"),
    path("konto/losenord/glomt/skickat/", signing.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^konto/losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "konto/losenord/bytt/",
        signing.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/tvasteg/", factors.index, name="mfa_index"),
    path("konto/tvasteg/kod/", factors.authenticate, name="mfa_authenticate"),
    path("konto/tvasteg/bekrafta/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("konto/tvasteg/app/", app.activate_totp, name="mfa_activate_totp"),
    path("konto/tvasteg/app/bort/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/tvasteg/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/tvasteg/reservkoder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/tvasteg/reservkoder/fil/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("konto/nycklar/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("konto/nycklar/ny/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("konto/nycklar/bekrafta/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/nycklar/logga-in/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("konto/nycklar/<int:pk>/bort/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("konto/nycklar/<int:pk>/namn/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/inloggning/avbruten/", directory.login_cancelled, name="socialaccount_login_cancelled"),
    path("konto/inloggning/fel/", directory.login_error, name="socialaccount_login_error"),
    path(_OIDC, signing_in.sign_in_with_directory, name="openid_connect_login"),
    path(f"{_OIDC}svar/", signing_in.answer_of_directory, name="openid_connect_callback"),
    path(_SAML, saml.login, name="saml_login"),
    path(f"{_SAML}svar/", our_saml.receive, name="saml_acs"),
    path(f"{_SAML}svar/klart/", our_saml.finish, name="saml_finish_acs"),
    path(f"{_SAML}utloggning/", saml.sls, name="saml_sls"),
    path(f"{_SAML}metadata/", saml.metadata, name="saml_metadata"),
    path("personer/", people.people, name="people"),
    path("personer/ny/", people.new_person, name="person_new"),
    path("personer/<slug:key>/", person.person, name="person"),
    path("personer/<slug:key>/namn/", person.rename, name="person_rename"),
    path("personer/<slug:key>/bjud-in/", inviting.invite, name="person_invite"),
    path("personer/<slug:key>/roller/", person.give_role, name="person_give_role"),
    path("personer/<slug:key>/roller/<int:grant>/", person.stop_role, name="person_end_role"),
    path("personer/<slug:key>/avsluta/", leaving.leave, name="person_leave"),
    path("personer/<slug:key>/ater/", person.come_back, name="person_come_back"),
    path("personer/<slug:key>/radera/", person.erase, name="person_erase"),
]
