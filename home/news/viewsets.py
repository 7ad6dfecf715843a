"""How many read the news, the issues, and the greeting of the next one, in the admin."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.panels import HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from home.news import desk
from home.news.forms import GreetingForm
from home.news.models import Issue
from partnership.pages.languages import known_or_active
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import side_by_side
from partnership.pages.permissions import city_keys
from partnership.pages.two_hands.views import EditThing


class ForWhoeverWorksForACity(ModelPermissionPolicy):
    """Django's permission, and on top of it a city: an issue is every city's."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        may = action in {"change", "view"} and super().user_has_permission(user, action)
        return bool(may and (user.is_superuser or city_keys(user).cities))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


class ListIssues(generic.IndexView):
    """The next issue and those that left, under the numbers of readers."""

    template_name = "news/admin/index.html"

    def get_base_queryset(self) -> Any:
        desk.next_issue(timezone.now())
        return desk.with_letters(Issue.objects.all())

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "readers": desk.readers()}


class Preview(View):
    """The next issue as a reader of one language gets it, of all cities and everything."""

    permission_policy: Any = None

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise Http404
        return desk.preview(known_or_active(request.GET.get("language")))


class IssueViewSet(OwnViewSet):
    """Issues: they come by themselves; what staff add is a greeting."""

    model = Issue
    name = "news_issues"
    icon = "mail"
    menu_label = _("News by mail")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 20
    search_backend_name = None
    index_view_class = ListIssues
    edit_view_class = EditThing
    list_display = (
        TitleColumn("day", label=_("Issue"), accessor=str, url_name="news_issues:edit"),
        BooleanColumn("greeting", label=_("Greeting")),
        Column("letters_count", label=_("Mails written")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            HelpPanel(template="news/admin/preview.html", heading=_("As readers get it")),
            side_by_side("greeting"),
        )
        return ObjectList(panels, base_form_class=GreetingForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The greeting, with the languages beside each other."""
        return self._edit_handler

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the next issue to look at."""
        preview = Preview.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("preview/", preview, name="preview")]
