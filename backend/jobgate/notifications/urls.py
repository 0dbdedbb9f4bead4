from django.urls import path

from jobgate.notifications import mailbox

urlpatterns = [
    path("", mailbox.index, name="mailbox"),
    path("<slug:name>/", mailbox.letter, name="mailbox-letter"),
]
