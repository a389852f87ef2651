from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "spheres.followup.questions"

    def ready(self) -> None:
        from spheres.followup.questions import queries, standing
        from spheres.records.between import places
        from spheres.sharing import counting

        counting.answer(queries.ASKED)
        places.ask_of_desk(standing.at_desk, standing.TO_ANSWER)
        places.ask_of_day(standing.TO_ANSWER, standing.WAITING)
        places.hand_over(standing.handed, standing.TO_ANSWER)
        places.show_at_desk(standing.beside_referral)
        places.ask_with_file(standing.OF_FILE)
        places.show_on_file(standing.on_file)
