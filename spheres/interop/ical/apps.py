from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IcalConfig(AppConfig):
    name = "spheres.interop.ical"

    def ready(self) -> None:
        from spheres.interop.ical import policy, standing
        from spheres.interop.ical.asking import HOURS
        from spheres.records.between import places
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.feed(HOURS)
        places.lead_from_week(standing.beside_week)
        navigation.register_account(
            navigation.Entry(
                "calendar", _("Calendar address"), "ical:mine", "calendar", 10, policy.is_concerned
            )
        )
