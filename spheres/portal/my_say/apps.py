from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MySayConfig(AppConfig):
    name = "spheres.portal.my_say"

    def ready(self) -> None:
        from spheres.portal.my_say import documents, policy, queries, standing
        from spheres.portal.notebook import rooms
        from spheres.records.between import begun, places, privacy_desk
        from spheres.sharing import naming

        rooms.add(
            rooms.Room(
                "my-say",
                _("My say"),
                "my_say:home",
                "eye",
                35,
                standing.is_open,
                lead=_("Who sees my file, what I share, what I want to ask."),
            )
        )
        documents.add_ours()
        rooms.answers_wait(_("what I asked"), "my_say:stands", queries.unread_answers)
        begun.begin_from(queries.begun)
        for unanswered in queries.UNANSWERED:
            naming.wait_for_answer(unanswered)
        naming.wait_for_register(queries.UNREGISTERED)
        places.ask_of_day(
            queries.IN_NOTEBOOKS, queries.OF_NO_REGISTER, *policy.TOLD_OF_UNREGISTERED
        )
        privacy_desk.tell(standing.in_notebooks)
        places.hand_over(standing.unregistered, queries.IN_NOTEBOOKS)
        places.ask_of_day(queries.UNREAD, queries.BESIDE_NOBODY, *policy.TOLD_OF_UNREAD)
        places.tell_leads(standing.unread, queries.UNREAD)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.WAITING, queries.OF_MY_PEOPLE)
        places.hand_over(standing.asked, queries.WAITING)
