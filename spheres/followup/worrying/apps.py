from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorryingConfig(AppConfig):
    name = "spheres.followup.worrying"

    def ready(self) -> None:
        from spheres.followup.worrying import policy, queries, standing
        from spheres.followup.worrying.models import Situation
        from spheres.records import registry
        from spheres.records.between import places, telling
        from spheres.sharing.rules import NOTES
        from spheres.ui import navigation

        registry.begin_elsewhere(
            registry.FormType(
                "worrying", _("A worrying situation"), "hands", Situation, NOTES, policy.can_write
            )
        )
        telling.tell(standing.told, telling.REPORT, telling.WEIGHED, page="worrying:detail")
        places.ask_of_day(queries.TO_TELL, queries.TO_TELL_HER)
        places.ask_of_day(queries.TO_LOOK_AT, queries.SHAPES.to_look_at)
        places.stand_first(standing.to_tell)
        places.hand_over(standing.to_look_at, queries.TO_LOOK_AT)
        navigation.register(
            navigation.Entry(
                "worrying",
                _("Worrying situations"),
                "worrying:reviews",
                "hands",
                62,
                policy.can_look,
            )
        )
        navigation.register_account(
            navigation.Entry(
                "worrying_category",
                _("What the law asks of me"),
                "worrying:category",
                "note",
                41,
                lambda actor: policy.can_be_beside(actor) or policy.can_say_of_others(actor),
            )
        )
