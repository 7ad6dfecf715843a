"""The editing screen of a review: the words, and each promise beside what the site knows of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel

from consultations.reviews.figures import facts_of, with_facts
from consultations.reviews.signing import left_out
from consultations.reviews.telling import facts_in_words
from partnership import continuity
from partnership.cities.models import City
from partnership.ledger.panels import SigningPanel
from partnership.pages.panels import LanguagesPanel, side_by_side


class JudgementsPanel(InlinePanel):
    """A row for every promise of the year; rows come from the roadmap, so none is added here."""

    class BoundPanel(InlinePanel.BoundPanel):
        """Beside each verdict the figures of today, which nobody types."""

        template_name = "reviews/admin/judgements.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            today = continuity.today()
            names = {city.code: city.name for city in City.objects.all()}
            known = {entry.pk: entry for entry in with_facts(self.instance.roadmap)}
            rows = []
            for child in self.children:
                row = child.instance
                entry = known.get(row.commitment_id, row.commitment)
                facts = facts_of(entry, today) if entry.pk in known else None
                rows.append(
                    {
                        "child": child,
                        "row": row,
                        "facts": facts_in_words(facts, names) if facts else [],
                        "url": reverse("commitments:edit", args=(entry.pk,)),
                    }
                )
            saved = [child.instance for child in self.children]
            return {**context, "rows": rows, "left_out": left_out(self.instance, saved)}


ROW_PANELS = (
    FieldRowPanel(("verdict", "carried_into")),
    side_by_side("why", heading=_("why")),
)
PANELS = (
    LanguagesPanel(),
    side_by_side("foreword", heading=_("foreword")),
    JudgementsPanel("judgements", panels=ROW_PANELS, heading=_("Every promise of the year")),
    MultiFieldPanel(
        (
            side_by_side("went_well", heading=_("what went well")),
            side_by_side("went_badly", heading=_("what did not go well")),
            side_by_side("to_change", heading=_("what the cities change")),
        ),
        heading=_("What the year has shown"),
    ),
    SigningPanel(heading=_("Signatures")),
)
