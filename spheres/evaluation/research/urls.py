"""Where are the studies, and where is somebody asked?"""

from django.urls import path

from spheres.evaluation.research.views import asking, cards, studies

app_name = "research"
urlpatterns = [
    path("research/", studies.index, name="list"),
    path("research/new/", studies.new, name="new"),
    path("research/card/", asking.opened, name="card"),
    path("research/answer/", asking.answer, name="answer"),
    path("research/<uuid:protocol_id>/", studies.study, name="study"),
    path("research/<uuid:protocol_id>/said/", asking.said, name="said"),
    path("research/<uuid:protocol_id>/end/", studies.end, name="end"),
    path("research/<uuid:protocol_id>/twin/", studies.twin, name="twin"),
    path("research/<uuid:protocol_id>/ask/", studies.ask, name="ask"),
    path("research/<uuid:protocol_id>/<uuid:extract_id>/answer/", studies.decide, name="decide"),
    path("research/<uuid:protocol_id>/<uuid:extract_id>/take/", studies.take, name="take"),
    path("research/<uuid:protocol_id>/<uuid:extract_id>/drop/", studies.drop, name="drop"),
    path("files/<uuid:file_id>/research/", cards.page, name="cards"),
    path("files/<uuid:file_id>/research/<uuid:protocol_id>/card/", cards.hand, name="hand"),
]
