"""The addresses of alerts and channels, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.alerts import views
from home.alerts.feeds import AlertsFeed

urlpatterns = (
    path(_("alerts/"), views.alerts, name="alerts"),
    path(_("alerts/feed.atom"), AlertsFeed(), name="alerts_feed"),
    path(_("alerts/<int:pk>/"), views.alert, name="alert"),
    path(_("alerts/mails/<str:key>/"), views.alert_mails_stop, name="alert_mails_stop"),
    path(_("account/alerts/"), views.alert_mails, name="alert_mails"),
    path(_("emergency/"), views.emergency, name="emergency"),
)
