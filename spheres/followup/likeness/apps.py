from django.apps import AppConfig


class LikenessConfig(AppConfig):
    name = "spheres.followup.likeness"

    def ready(self) -> None:
        from spheres.followup.likeness import actions, queries, standing
        from spheres.records.between import hooks, places
        from spheres.sharing import counting

        counting.find(queries.AT_DESK)
        counting.find(queries.MINE)
        hooks.after_receiving(actions.leave_traces)
        places.mark_at_desk(standing.marks)
        places.show_at_desk(standing.at_desk)
        places.ask_with_file(queries.AROUND)
        places.show_on_file(standing.block)
