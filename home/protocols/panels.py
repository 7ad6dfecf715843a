"""The editing screen of a version: its words, and who has signed them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from partnership.ledger import panels as ledger
from partnership.pages.panels import LanguagesPanel, side_by_side


class SigningPanel(ledger.SigningPanel):
    """The same in the words of versions."""

    class BoundPanel(ledger.SigningPanel.BoundPanel):
        """Below the steps."""

        template_name = "protocols/admin/signing.html"


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
