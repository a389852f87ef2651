from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessRequestsConfig(AppConfig):
    name = "spheres.privacy.access_requests"

    def ready(self) -> None:
        from spheres.papers import registry as papers
        from spheres.privacy.access_requests import documents, policy, queries, standing
        from spheres.records import wording
        from spheres.records.between import places
        from spheres.ui import navigation

        papers.register(
            papers.PaperKind(
                slug="request",
                title=_("The papers of this request"),
                lead=_(
                    "What was received or signed: the request itself, a power of attorney, a "
                    "judgment, an authorisation. A paper answers nothing by itself: what counts "
                    "is what is written at each step."
                ),
                may=policy.can_keep_paper,
                stands=queries.has_papers,
                back="access_requests:page",
                sits=queries.file_seated_at,
                seat_back="access_requests:seat_one",
            )
        )
        wording.declare(*documents.LETTERS)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.MINE, queries.OF_MINE)
        places.ask_of_day(queries.PASSED, queries.TO_ME)
        places.ask_of_day(queries.HERE, queries.OF_HERE)
        places.ask_of_day(queries.ARRIVED, queries.LETTERS_HERE)
        places.hand_over(standing.of_mine, queries.MINE, queries.PASSED)
        places.hand_over(standing.of_here, queries.HERE, queries.ARRIVED)
        # Whoever answers accompanies nobody: the way is on the page of privacy.
        navigation.register(
            navigation.Entry(
                "access_requests",
                _("Access requests"),
                "access_requests:desk",
                "book",
                65,
                policy.can_sit,
                kept_at="privacy",
                lead=_("Who asks to read, to have a copy, to put something right; and by when."),
            )
        )
