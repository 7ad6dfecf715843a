"""Addresses that exist in the demo only."""

from django.urls import path

from partnership.demo import views

urlpatterns = [
    path("demo/mail/", views.mail_list, name="demo_mail"),
    path("demo/mail/<str:name>/", views.mail, name="demo_letter"),
]
