"""The addresses of ambassadors, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.ambassadors import views

urlpatterns = (
    path(_("ambassadors/"), views.ambassadors, name="ambassadors"),
    path(_("ambassadors/<int:pk>/ask/"), views.ambassador_ask, name="ambassador_ask"),
    path(_("ambassadors/leave/<str:key>/"), views.ambassador_leave, name="ambassador_leave"),
    path(_("account/ambassador/"), views.my_ambassador, name="my_ambassador"),
)
