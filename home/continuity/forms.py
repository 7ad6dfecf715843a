"""The forms of an instrument, and of another status of the partnership."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.continuity.models import StatusChange
from home.continuity.services import ask_for_status
from partnership.cities.days import refuse_slips
from partnership.cities.forms import OfOwnCityForm
from partnership.cities.today import latest_today
from partnership.ledger.models import ApprovalRequest
from partnership.pages.editing import ThingForm
from partnership.pages.languages import field_names
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.serving import public_changed


class InstrumentForm(OfOwnCityForm, ThingForm):
    """Saved is public at once, so every language must be there when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.model.publish_required:
            for column in field_names(name):
                self.fields[column].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        refuse_slips(self, "adopted_on", "valid_from", "valid_until", "ended_on")
        return cleaned

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        public_changed()
        return saved


class StatusForm(TwoHandsForm, WagtailAdminModelForm):
    """What the cities are asked to sign; nothing changes before all of them have."""

    #: Where the cities sign, once they were asked.
    request: ApprovalRequest | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in field_names("reason"):
            self.fields[column].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        until = cleaned.get("until")
        if until and until <= latest_today():
            self.add_error("until", _("Choose a day to come."))
        else:
            refuse_slips(self, "until")
        return cleaned

    def save(self, commit: bool = True) -> StatusChange:
        """Ask the cities; raises what the service refuses with."""
        change: StatusChange = super().save(commit=False)
        self.request = ask_for_status(change, by=self.for_user)
        return change
