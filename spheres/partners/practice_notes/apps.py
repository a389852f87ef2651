from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeNotesConfig(AppConfig):
    name = "spheres.partners.practice_notes"

    def ready(self) -> None:
        from spheres.partners.practice_notes import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.TO_SEE_TO, queries.NOTES_TO_SEE_TO)
        places.ask_of_desk(standing.to_see_to, queries.TO_SEE_TO)
        navigation.register_door(
            navigation.Entry(
                "practice_notes",
                _("Practice notes"),
                "practice_notes:list",
                "book",
                20,
                policy.can_look,
                kept_at="partners: to think",
                lead=_(
                    "What partners hold to be good practice, and on what each rests; the "
                    "common framework."
                ),
            )
        )
