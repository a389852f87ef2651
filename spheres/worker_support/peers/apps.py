from django.apps import AppConfig


class PeersConfig(AppConfig):
    name = "spheres.worker_support.peers"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.ui import navigation
        from spheres.worker_support.peers import policy

        navigation.register(
            navigation.Entry("peers", _("Support"), "peers:home", "hands", 56, policy.can_look)
        )
