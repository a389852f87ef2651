from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "spheres.partners.committees"

    def ready(self) -> None:
        from spheres.partners.committees import policy, standing
        from spheres.records import occasions, telling
        from spheres.ui import navigation

        telling.tell_besides(standing.besides)
        occasions.call(standing.MEETING, standing.occasions)
        navigation.register(
            navigation.Entry(
                "partners", _("Partners"), "committees:list", "people", 42, policy.can_look
            )
        )
