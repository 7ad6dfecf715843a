"""What the editing screen of a promise says of its changes, and where the reason is written."""

from typing import Any

from wagtail.admin.panels import Panel

from consultations.roadmap.promises.enums import ChangeState
from partnership.ledger.enums import Outcome
from partnership.ledger.models import ApprovalRequest


class PromisePanel(Panel):
    """The reason a promise changes; or for whom a change waits, and the way to sign it."""

    class BoundPanel(Panel.BoundPanel):
        """Nothing on the screen of what is no promise yet."""

        template_name = "promises/admin/panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.form and self.form.is_promise)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            last = self.instance.promise_changes.exclude(state=ChangeState.MADE).first()
            asked = ApprovalRequest.objects.about(last).first() if last else None
            conclusion = getattr(asked, "conclusion", None)
            was_returned = conclusion is not None and conclusion.outcome == Outcome.RETURNED
            return {
                **context,
                "asked": asked,
                "is_waiting": asked is not None and asked.is_open,
                "returned": conclusion if was_returned else None,
                "reasons": self.form.reasons,
            }
