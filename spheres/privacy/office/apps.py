from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "spheres.privacy.office"

    def ready(self) -> None:
        from spheres.privacy.office import policy, views
        from spheres.records.between import places
        from spheres.ui import navigation

        places.begin_at(places.Home(frozenset(policy.KEEPERS), "office:page"))
        navigation.register(
            navigation.Entry(views.SLUG, _("Privacy"), "office:page", "shield", 35, policy.can_hold)
        )
