"""Debriefs in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn

from home.archive.forms import DebriefForm, LessonForm, OpenDebriefForm
from home.archive.models import Debrief
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import DeleteOwn, EditOwn, OwnList, OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.two_hands.views import AddThing

SUBJECTS = ("event", "commitment")


class LessonsPanel(InlinePanel):
    """Lessons, in rows that know whose editor looks at them."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": LessonForm,
            "inherit_kwargs": ["for_user"],
        }
        return options


PANELS = (
    LanguagesPanel(),
    FieldPanel("held_on"),
    side_by_side("went_well", heading=_("what went well")),
    side_by_side("to_change", heading=_("what to change")),
    LessonsPanel("lessons", heading=_("Lessons"), label=_("lesson")),
    FieldPanel("is_published"),
)


class OpenDebrief(AddThing):
    """Chooses what it is about; the rest is written on its own screen."""

    def get_initial_form_instance(self) -> Debrief:
        asked = {name: self.request.GET.get(name, "") for name in SUBJECTS}
        return Debrief(**{f"{name}_id": key_in(pk) for name, pk in asked.items()})

    def get_success_url(self) -> str:
        return reverse("debriefs:edit", args=(self.object.pk,))


class DebriefList(OwnList):
    """The debriefs of the editor's cities, with how many lessons are to be taken up."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().with_open_lessons()


class DebriefViewSet(OwnViewSet):
    """What was learned."""

    model = Debrief
    name = "debriefs"
    icon = "comment"
    menu_label = _("Debriefs")
    menu_name = "partnership.debriefs"
    menu_order = 262
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = DebriefList
    add_view_class = OpenDebrief
    edit_view_class = EditOwn
    delete_view_class = DeleteOwn
    list_display = (
        TitleColumn("subject", label=_("About"), accessor=str, url_name="debriefs:edit"),
        DateColumn("held_on", label=_("Held on")),
        Column("open_lessons", label=_("Lessons to take up")),
        BooleanColumn("is_published", label=_("Published")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        return ObjectList(PANELS, base_form_class=DebriefForm).bind_to_model(self.model)

    @cached_property
    def _open_handler(self) -> Any:
        panels = (FieldRowPanel(SUBJECTS),)
        return ObjectList(panels, base_form_class=OpenDebriefForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler

    def get_add_view_kwargs(self) -> dict[str, Any]:
        """A new debrief begins with what it is about."""
        return {
            **super().get_add_view_kwargs(),
            "panel": self._open_handler,
            "form_class": self._open_handler.get_form_class(),
        }
