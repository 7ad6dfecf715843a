"""The editing screen of a version: its words, and who has signed them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel

from partnership.ledger.enums import Outcome
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import steps_of
from partnership.pages.panels import LanguagesPanel, side_by_side


class SigningPanel(Panel):
    """Who was asked to sign and who has; and the tick with which they are asked."""

    class BoundPanel(Panel.BoundPanel):
        """Below the words that are signed."""

        template_name = "protocols/admin/signing.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            asked = ApprovalRequest.objects.about(self.instance).first()
            conclusion = getattr(asked, "conclusion", None)
            was_returned = conclusion is not None and conclusion.outcome == Outcome.RETURNED
            return {
                **context,
                "asked": asked,
                "is_waiting": asked is not None and asked.is_open,
                "signers": steps_of(asked) if asked else [],
                "returned": conclusion if was_returned else None,
                "ask": self.form["ask"],
            }


#: What every version has, and what one about mutual aid has more.
HEAD = (LanguagesPanel(), FieldPanel("valid_from"))
STEPS = InlinePanel("steps", heading=_("Steps"), label=_("step"))
MUTUAL_AID = (
    MultiFieldPanel(
        (
            side_by_side("who_may_ask", heading=_("who may ask")),
            side_by_side("what_is_offered", heading=_("what is offered")),
            side_by_side("cost_rule", heading=_("who pays")),
        ),
        heading=_("Mutual aid"),
    ),
    InlinePanel(
        "legal_bases", heading=_("The law each city relies on"), label=_("legal basis of a city")
    ),
)
SIGNING = SigningPanel(heading=_("Signatures"))
EXCHANGE_PANELS = (*HEAD, STEPS, SIGNING)
MUTUAL_AID_PANELS = (*HEAD, *MUTUAL_AID, STEPS, SIGNING)
