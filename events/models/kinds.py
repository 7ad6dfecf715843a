"""The kinds of events; each is a page type of its own, and all are rows of EventPage."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from events.enums import EventKind
from events.models.pages import EventPage
from events.models.parts import OPENING_PANELS, EventVenue
from partnership.pages.panels import side_by_side


class ExchangePage(EventPage):
    """Some people of one city live, learn or work in the other for a while."""

    own_kind = EventKind.EXCHANGE
    is_creatable = True
    page_description = _("Some people of one city live, learn or work in another for a while.")

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")


class FestivalPage(EventPage):
    """A celebration, in one city or in all of them."""

    own_kind = EventKind.FESTIVAL
    is_creatable = True
    page_description = _("A celebration, in one city or in all of them.")

    class Meta:
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")


class CharrettePage(EventPage):
    """Residents of all cities draw the same problem at the same time."""

    own_kind = EventKind.CHARRETTE
    is_creatable = True
    page_description = _("Residents of all cities draw the same problem at the same time.")

    class Meta:
        verbose_name = _("planning charrette")
        verbose_name_plural = _("planning charrettes")


class ExhibitionPage(EventPage):
    """Something to look at, at several venues, each open on days of its own."""

    own_kind = EventKind.EXHIBITION
    is_creatable = True
    page_description = _("Something to look at, at several venues, each open on days of its own.")
    content_panels = tuple(
        InlinePanel(
            "venues",
            panels=(*EventVenue.panels, OPENING_PANELS),
            heading=_("Where, and on which days"),
            label=_("venue"),
        )
        if getattr(panel, "relation_name", "") == "venues"
        else panel
        for panel in EventPage.content_panels
    )

    class Meta:
        verbose_name = _("exhibition")
        verbose_name_plural = _("exhibitions")


class PlanningSessionPage(EventPage):
    """The town halls and their residents work on one plan at one table."""

    own_kind = EventKind.PLANNING_SESSION
    is_creatable = True
    page_description = _("The town halls and their residents work on one plan at one table.")

    class Meta:
        verbose_name = _("planning session")
        verbose_name_plural = _("planning sessions")


class DrillPage(EventPage):
    """The services of the cities practise helping each other before they have to."""

    scenario = models.TextField(
        _("scenario"), blank=True, help_text=_("What is said to have happened.")
    )
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One on each line."))
    services = models.TextField(
        _("services taking part"), blank=True, help_text=_("One on each line.")
    )

    protocol = models.ForeignKey(
        "protocols.ProtocolPage",
        verbose_name=_("protocol that is practised"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    own_kind = EventKind.DRILL
    is_creatable = True
    page_description = _(
        "The services of the cities practise helping each other before they have to."
    )
    content_panels = (
        *EventPage.content_panels,
        MultiFieldPanel(
            (
                side_by_side("scenario", heading=_("scenario")),
                side_by_side("objectives", heading=_("objectives")),
                side_by_side("services", heading=_("services taking part")),
                FieldPanel("protocol"),
            ),
            heading=_("What is practised"),
        ),
    )

    class Meta:
        verbose_name = _("drill")
        verbose_name_plural = _("drills")
