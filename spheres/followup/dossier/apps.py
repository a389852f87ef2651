from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossierConfig(AppConfig):
    name = "spheres.followup.dossier"

    def ready(self) -> None:
        from spheres.followup.dossier import opened, policy
        from spheres.records.between import together
        from spheres.ui import navigation

        together.read_with_her(
            together.Page("opened", _("Who looked at your file"), "clock", opened.with_her)
        )
        navigation.register(
            navigation.Entry(
                "my-day",
                _("My day"),
                "dossier:my_day",
                "sun",
                10,
                policy.can_have_people,
                "g d",
                under=("/week/", "/sharing/"),
            )
        )
        navigation.register(
            navigation.Entry(
                "people",
                _("People"),
                "dossier:people",
                "people",
                20,
                policy.can_have_people,
                "g p",
                under=("/files/",),
            )
        )
        navigation.register_quick(
            navigation.Entry(
                "contact", _("A contact"), "dossier:contact", "note", 10, policy.can_have_people
            )
        )
        navigation.register_bar("search", "dossier:people", policy.can_have_people)
