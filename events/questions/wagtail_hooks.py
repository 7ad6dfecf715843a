"""Where live questions meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from events.models import EventPage
from events.questions.models import LiveQuestion, QuestionTime
from events.questions.permissions import CHAIRS, SETTLES
from events.questions.viewsets import LiveQuestionViewSet, QuestionTimeViewSet, chair_screen
from partnership.pages.models import BasePage
from partnership.pages.own_city import OwnPagePolicy, ReadNotWritten
from partnership.pages.permissions import holds_key_to

register_permission_policy(QuestionTime, OwnPagePolicy(QuestionTime))
register_permission_policy(LiveQuestion, ReadNotWritten(LiveQuestion))


@hooks.register("register_admin_viewset")
def register_times() -> QuestionTimeViewSet:
    return QuestionTimeViewSet()


@hooks.register("register_admin_viewset")
def register_questions() -> LiveQuestionViewSet:
    return LiveQuestionViewSet()


@hooks.register("register_permissions")
def register_chairing() -> QuerySet[Permission]:
    """Let groups be given the taking of questions."""
    names = ("change_livequestion", "view_livequestion")
    return Permission.objects.filter(content_type__app_label="live_questions", codename__in=names)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def questions_button(page: BasePage, user: Any, **context: Any) -> Iterator[Button]:
    """Live questions, on an event's editor and in lists of pages: to open them, or to take them."""
    kind = page.cached_content_type.model_class()
    may_chair = kind and issubclass(kind, EventPage) and user.has_perm(CHAIRS)
    if may_chair and holds_key_to(page, user) and (address := _address(page, user)):
        yield Button(_("Live questions"), address, icon_name="help", priority=67)


def _address(page: BasePage, user: Any) -> str:
    """Where they are taken, or settled by whoever may; empty for who can do neither now."""
    time = QuestionTime.objects.filter(event=page.pk).select_related("event").first()
    if time is not None and (chair := chair_screen(time)):
        return chair
    if not user.has_perm(SETTLES):
        return ""
    if time is not None:
        return reverse("question_times:edit", args=(time.pk,))
    return f"{reverse('question_times:add')}?event={page.pk}"
