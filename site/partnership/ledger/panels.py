"""On an editing screen: who is asked to sign what is written there, and who has."""

from typing import Any

from wagtail.admin.panels import Panel

from partnership.ledger.enums import Outcome
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import steps_of


class SigningPanel(Panel):
    """Who was asked to sign and who has; and the tick ``ask`` of the form, which asks them."""

    class BoundPanel(Panel.BoundPanel):
        """Below the words that are signed."""

        template_name = "ledger/admin/signing.html"

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
