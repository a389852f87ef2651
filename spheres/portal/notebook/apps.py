from django.apps import AppConfig


class NotebookConfig(AppConfig):
    name = "spheres.portal.notebook"

    def ready(self) -> None:
        from spheres.portal.notebook import actions, asking, documents, queries, rooms, standing
        from spheres.records.between import hooks, places
        from spheres.sharing import counting

        counting.find(asking.MEETINGS)
        counting.find(asking.READ_THERE)
        hooks.after_suspension(actions.end_of_representative)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.LEFT, queries.LEFT_BY_MY_PEOPLE)
        places.hand_over(standing.left, queries.LEFT)
        rooms.add_ours()
        documents.add_ours()
