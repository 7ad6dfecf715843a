"""What an analyst chooses before an export."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from consultations.exports.enums import Format, Profile, TableName
from consultations.exports.jobs import ask_for, is_large
from consultations.exports.models import ExportJob
from consultations.exports.services import STAFF_PERMISSION, Export, export
from consultations.models import ConsultationPage
from partnership.cities.wall_clock import WallClockFormField, set_zone
from partnership.people.models import Resident
from partnership.refusals import Refused

EVERYTHING = ("", _("Everything, in one file"))


class ExportForm(forms.Form):
    """Asks what, how and for whom; whether it may leave the house is for export() to say."""

    table = forms.ChoiceField(
        label=_("What"),
        choices=(EVERYTHING, *TableName.choices),
        required=False,
        help_text=_("Everything in CSV is a zip file with one table in each file."),
    )
    file_format = forms.ChoiceField(
        label=_("Format"),
        choices=Format,
        initial=Format.CSV,
        help_text=_(
            "Excel to look at it, CSV and JSON for other programs, the data package to keep it or "
            "hand it on with all explanations."
        ),
    )
    profile = forms.ChoiceField(
        label=_("For whom"),
        choices=Profile,
        initial=Profile.PUBLIC,
        widget=forms.RadioSelect,
        help_text=_(
            "The public profile has published comments only, no answers in people's own words, no "
            "names, days instead of times, and no figures of groups under five."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed for the staff profile, and kept in the log of exports."),
    )
    as_of = WallClockFormField(
        label=_("Only what came in until"),
        required=False,
        widget=AdminDateTimeInput,
    )

    def __init__(
        self, *args: Any, consultation: ConsultationPage, exported_by: Resident, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consultation, self.exported_by = consultation, exported_by
        city = consultation.lead_city
        set_zone(self, city.time_zone)
        self.fields["as_of"].help_text = _(
            "Leave it empty for everything. On the clock of %(city)s (%(zone)s). The same "
            "instant makes the same data package again."
        ) % {"city": city.name, "zone": city.time_zone}
        if not exported_by.has_perm(STAFF_PERMISSION):
            # Still accepted by the field, so that asking for it all the same is refused with 403.
            del self.fields["reason"]
            self.fields["profile"].widget = forms.HiddenInput()

    def save(self) -> Export | ExportJob | None:
        """Begin the export, or ask for a large one; None, with why on the form, when refused."""
        chosen = self.cleaned_data
        asked = {
            "file_format": chosen["file_format"],
            "profile": chosen["profile"],
            "tables": [chosen["table"]] if chosen["table"] else (),
            "reason": chosen.get("reason", ""),
            "as_of": chosen["as_of"],
        }
        try:
            if is_large(self.consultation):
                return ask_for(self.consultation, by=self.exported_by, **asked)
            return export(self.consultation, exported_by=self.exported_by, **asked)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None
