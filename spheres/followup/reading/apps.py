from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "spheres.followup.reading"

    def ready(self) -> None:
        from spheres.followup.reading import queries, standing
        from spheres.followup.reading.models import Comment, Looked, Mask, Paper, Together
        from spheres.followup.reading.saying import SHARED
        from spheres.records.between import copying, gathering, places, together

        gathering.ask(queries.MASKS, Mask, queries.MASKS_OF, on=gathering.OF_READING)
        gathering.ask(queries.LOOKED, Looked, queries.LOOKED_OF, on=gathering.OF_READING)
        gathering.ask(queries.COMMENTS, Comment, queries.COMMENTS_OF, on=gathering.OF_READING)
        gathering.ask(queries.HELD, Together, queries.HELD_OF, on=gathering.OF_READING)
        gathering.ask(queries.PAPERS, Paper, queries.PAPERS_OF, on=gathering.OF_READING)
        places.show_on_file(standing.block)
        together.stand_beside_record(standing.beside)
        copying.share(SHARED)
        together.copy_with(standing.to_copy)
