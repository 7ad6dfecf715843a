"""The addresses of the news by mail, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.news import views

urlpatterns = (
    path(_("news/"), views.news, name="news"),
    path(_("news/code/"), views.news_code, name="news_code"),
    path(_("news/choices/<str:key>/"), views.news_choices, name="news_choices"),
    path(_("news/stop/<str:key>/"), views.news_stop, name="news_stop"),
)
