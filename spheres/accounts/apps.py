from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "spheres.accounts"

    def ready(self) -> None:
        from spheres.ui import navigation

        navigation.register_bar("lock", "accounts:lock")
        navigation.register_bar("sign_out", "accounts:sign_out")
        navigation.register_bar("account", "accounts:account")
