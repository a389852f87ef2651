from django.apps import AppConfig


class PeersConfig(AppConfig):
    name = "spheres.worker_support.peers"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.ui import navigation
        from spheres.worker_support.peers import policy

        navigation.register_account(
            navigation.Entry(
                "peers", _("Between colleagues"), "peers:home", "hands", 33, policy.can_look
            )
        )
