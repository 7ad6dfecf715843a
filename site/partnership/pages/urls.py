"""The addresses that are in no language: the door, and what machines read."""

from django.urls import path

from partnership.pages import views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
