"""Where are the reports?"""

from django.urls import path

from spheres.evaluation.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="list"),
    path("begin/", views.begin, name="begin"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/lock/", views.lock, name="lock"),
    path("<uuid:report_id>/words/<slug:place>/", views.write, name="write"),
    path("<uuid:report_id>/paper/<slug:language>/", views.paper, name="paper"),
    path("<uuid:report_id>/sheet/", views.sheet, name="sheet"),
]
