from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "spheres.partners.library"

    def ready(self) -> None:
        from spheres.partners.library import policy, queries, standing
        from spheres.records.between import lent, places
        from spheres.ui import navigation

        lent.lend(queries.lent)
        places.ask_of_day(queries.TO_LOOK_AT, queries.LINKS_TO_LOOK_AT)
        places.ask_of_desk(standing.to_look_at, queries.TO_LOOK_AT)
        navigation.register_door(
            navigation.Entry(
                "library",
                _("Library"),
                "library:list",
                "book",
                30,
                policy.can_look,
                kept_at="partners: to think",
                lead=_(
                    "The works that partners lean on, what each is of use for, and links "
                    "looked at by hand."
                ),
            )
        )
