"""Where are the filled questionnaires of the section « therapy »? Under their file."""

from spheres.followup.instruments.urls import of_section
from spheres.sharing.rules import THERAPY

app_name = "therapy_answers"
urlpatterns = of_section(THERAPY)
