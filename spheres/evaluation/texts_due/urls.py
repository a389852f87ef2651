"""Where are the region's texts that wait to be reviewed?"""

from django.urls import path

from spheres.evaluation.texts_due import views

app_name = "texts_due"
urlpatterns = [path("", views.page, name="page")]
