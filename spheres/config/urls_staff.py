"""Where is everything on the staff site? Each kind of record under its file."""

from django.urls import include, path

from spheres.records import registry

urlpatterns = [
    path("", include("spheres.ui.urls")),
    path("", include("spheres.accounts.urls")),
    path("", include("spheres.followup.dossier.urls")),
    path("", include("spheres.followup.admission.urls")),
    path("", include("spheres.followup.questions.urls")),
    path("", include("spheres.followup.passages.urls")),
    path("", include("spheres.followup.handing_over.urls")),
    path("", include("spheres.followup.summary.urls")),
    path("", include("spheres.followup.identity.urls")),
    path("", include("spheres.followup.meetings.urls")),
    path("", include("spheres.followup.plan.urls")),
    path("", include("spheres.followup.covering.urls")),
    path("", include("spheres.followup.code_words.urls")),
    path("", include("spheres.followup.workload.urls")),
    path("directory/", include("spheres.directory.urls")),
    path("activities/", include("spheres.followup.activities.urls_shared")),
    path("urgent/", include("spheres.followup.safety_net.urls_now")),
    path("outings/", include("spheres.worker_support.outings.urls")),
    path("own-notes/", include("spheres.worker_support.own_notes.urls")),
    path("", include("spheres.followup.withdrawals.urls")),
    path("", include("spheres.followup.restrictions.urls")),
    path("", include("spheres.papers.urls")),
    path("", include("spheres.followup.why.urls")),
    path("", include("spheres.followup.consents.urls")),
    path("", include("spheres.followup.therapy_requests.urls")),
    path("", include("spheres.followup.custody.urls")),
    path("", include("spheres.followup.representatives.urls")),
    path("", include("spheres.followup.exceptional.urls")),
    path("", include("spheres.followup.departure.urls")),
    path("", include("spheres.followup.openings.urls")),
    path("", include("spheres.followup.parts.urls")),
    path("", include("spheres.followup.disclosures.urls")),
    path("", include("spheres.followup.danger.urls")),
    path("", include("spheres.followup.worrying.urls")),
    path("", include("spheres.followup.likeness.urls")),
    path("", include("spheres.privacy.incidents.urls")),
    path("", include("spheres.partners.committees.urls")),
    path("cards/", include("spheres.partners.cards.urls")),
    path("rounds/", include("spheres.partners.rounds.urls")),
    path("", include("spheres.privacy.undertakings.urls")),
    path("", include("spheres.privacy.access_requests.urls")),
    path("", include("spheres.privacy.legal_demands.urls")),
    path("", include("spheres.privacy.retention.urls")),
    path("", include("spheres.evaluation.indicators.urls")),
    path("", include("spheres.privacy.office.urls")),
    path("", include("spheres.privacy.access_reviews.urls")),
    path("", include("spheres.evaluation.rights.urls")),
    path("", include("spheres.portal.notebook.urls")),
    path("", include("spheres.portal.my_say.urls")),
    path("advisory/", include("spheres.portal.advisory.urls")),
    path("texts/", include("spheres.evaluation.texts_due.urls")),
    path("", include("spheres.interop.ical.urls")),
    path("files/<uuid:file_id>/reaching/", include("spheres.followup.reaching.urls")),
    path("files/<uuid:file_id>/reading/", include("spheres.followup.reading.urls")),
    path("files/<uuid:file_id>/exercises/", include("spheres.followup.exercises.urls")),
    path("files/<uuid:file_id>/questionnaires/", include("spheres.followup.instruments.urls")),
    *(
        path(f"files/<uuid:file_id>/{kind.slug}/", include(f"{kind.package}.urls"))
        for kind in registry.all_types()
    ),
]
handler400 = "spheres.ui.errors.bad_request"
handler404 = "spheres.ui.errors.not_found"
handler500 = "spheres.ui.errors.server_error"
