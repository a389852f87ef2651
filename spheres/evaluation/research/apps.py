from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResearchConfig(AppConfig):
    name = "spheres.evaluation.research"

    def ready(self) -> None:
        from spheres.evaluation.research import policy, queries, standing
        from spheres.records.between import places
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.answer(queries.CARD)
        counting.feed(queries.LINES)
        places.ask_of_day(queries.TO_ANSWER, queries.ASKED, *queries.ASKED_OF[queries.TO_ANSWER])
        places.ask_of_day(queries.TO_DROP, queries.DROPPED, *queries.ASKED_OF[queries.TO_DROP])
        places.hand_over(standing.waiting, queries.TO_ANSWER, queries.TO_DROP)
        places.ask_of_desk(standing.waiting, queries.TO_ANSWER)
        places.show_on_file(standing.block)
        navigation.register_door(
            navigation.Entry(
                "research",
                _("Research"),
                "research:list",
                "book",
                30,
                policy.can_look,
                kept_at="figures",
                lead=_("The studies that were approved: who is asked, and what leaves for them."),
            )
        )
