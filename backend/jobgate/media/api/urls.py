from django.urls import path

from jobgate.media.api import views

urlpatterns = [
    path("recordings/<uuid:recording_id>/video/", views.video, name="recording-video"),
    path("recordings/<uuid:recording_id>/poster/", views.poster, name="recording-poster"),
    path(
        "recordings/<uuid:recording_id>/storyboard/", views.storyboard, name="recording-storyboard"
    ),
]
