"""Where does one come in, go out, lock and unlock, and look after accounts?"""

from django.urls import URLPattern, path

from spheres.accounts import demo, views
from spheres.regions.queries import is_demo_database

app_name = "accounts"
door, proving, arriving = views.door, views.proving, views.arriving
account, members, leaving = views.account, views.members, views.leaving
joining, recovering, devices = views.joining, views.recovering, views.devices


def addresses(*, in_a_demo: bool) -> list[URLPattern]:
    """Every address; the two of the demo do not exist at all without the database's mark."""
    found = [
        path("sign-in/", door.sign_in, name="sign_in"),
        path("sign-in/challenge/", door.challenge, name="challenge"),
        path("sign-in/passkey/", door.with_passkey, name="with_passkey"),
        path("sign-in/password/", door.with_password, name="with_password"),
        path("sign-out/", door.sign_out, name="sign_out"),
        path("lock/", proving.lock, name="lock"),
        path("unlock/", proving.unlock, name="unlock"),
        path("prove/", proving.prove, name="prove"),
        path("prove/challenge/", proving.challenge, name="prove_challenge"),
        path("prove/passkey/", proving.with_passkey, name="prove_passkey"),
        path("prove/password/", proving.with_password, name="prove_password"),
        path("welcome/<str:token>/", arriving.welcome, name="welcome"),
        path("welcome/<str:token>/challenge/", arriving.challenge, name="welcome_challenge"),
        path("welcome/<str:token>/passkey/", arriving.with_passkey, name="welcome_passkey"),
        path("welcome/<str:token>/password/", arriving.with_totp, name="welcome_password"),
        path("join/<str:token>/", joining.join, name="join"),
        path("account/", account.show, name="account"),
        path("account/language/", account.choose_language, name="language"),
        path("account/look/", account.choose_theme, name="theme"),
        path("account/organisation/", account.choose_organisation, name="organisation"),
        path("account/devices/", devices.show, name="devices"),
        path("account/devices/new/", devices.new, name="new_devices"),
        path("account/devices/end/", devices.revoke, name="revoke"),
        path("account/devices/end-others/", devices.revoke_others, name="revoke_others"),
        path("account/devices/mine/", devices.recognise, name="recognise_device"),
        path("account/devices/remove/", devices.remove, name="remove_device"),
        path("account/devices/<uuid:device_id>/name/", devices.name, name="name_device"),
        path("account/devices/<uuid:device_id>/removed/", devices.after, name="device_removed"),
        path("account/passkeys/new/", account.new_passkey, name="new_passkey"),
        path("account/passkeys/challenge/", account.new_passkey_challenge, name="new_challenge"),
        path("account/passkeys/add/", account.add_passkey, name="add_passkey"),
        path("account/passkeys/remove/", account.remove, name="remove"),
        path("account/codes/", account.renew_codes, name="renew_codes"),
        path("members/", members.show, name="members"),
        path("members/confirm/", leaving.confirm, name="confirm"),
        path("members/invite/", members.invite, name="invite"),
        path("members/<uuid:user_id>/invite/", members.invite_again, name="invite_again"),
        path("members/<uuid:user_id>/release/", members.release, name="release"),
        path("members/<uuid:user_id>/sessions/", leaving.end_sessions, name="end_sessions"),
        path("members/<uuid:user_id>/end/", leaving.end, name="end"),
        path("recoveries/", recovering.show, name="recoveries"),
        path("recoveries/new/", recovering.ask, name="ask_recovery"),
        path("recoveries/<uuid:recovery_id>/vouch/", recovering.vouch, name="vouch_recovery"),
        path("recoveries/<uuid:recovery_id>/link/", recovering.hand_over, name="recovery_link"),
        path("recoveries/<uuid:recovery_id>/stop/", recovering.stop, name="stop_recovery"),
    ]
    if in_a_demo:
        found += [
            path("sign-in/as/", demo.sign_in_as, name="sign_in_as"),
            path("prove/as/", proving.without_proof, name="prove_as"),
        ]
    return found


urlpatterns = addresses(in_a_demo=is_demo_database())
