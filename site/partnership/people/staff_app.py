"""Wagtail's users app, told to use our screens."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    user_viewset = "partnership.people.staff.PeopleViewSet"
