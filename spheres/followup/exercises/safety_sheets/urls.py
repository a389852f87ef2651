"""Where are the filled exercises of the section « safety »? Under their file."""

from spheres.followup.exercises.urls import of_section
from spheres.sharing.rules import SAFETY

app_name = "safety_sheets"
urlpatterns = of_section(SAFETY)
