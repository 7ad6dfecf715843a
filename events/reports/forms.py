"""The closing report in the admin: opened for an event, written in every language, published."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.looking_back import refuse_before_its_end
from events.models import EventPage
from events.reports.models import ClosingReport, SessionNote
from events.reports.presenting import LINK, lines
from events.reports.services import hand_over_notes, open_report
from partnership.pages.languages import field_names
from partnership.pages.photos import undescribed_in
from partnership.pages.publishing import PublishedForm
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.wording import slots


class OpenReportForm(TwoHandsForm, WagtailAdminModelForm):
    """Which event the report is about; the rest is written on the next screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = EventPage.objects.filter(report=None).order_by("-starts_at")
        if self.for_user is not None:
            events = events.own_of(self.for_user)
        self.fields["event"].queryset = events
        self.fields["event"].error_messages["invalid_choice"] = _(
            "Somebody has opened its report in the meantime, or it is not of your cities: look "
            "in the list of reports, or choose another event."
        )

    def save(self, commit: bool = True) -> ClosingReport:
        """Open it, or find the one somebody has just opened."""
        self.instance = open_report(self.cleaned_data["event"])
        return self.instance


class ReportForm(PublishedForm):
    """A report may be half written until it is published; then every language is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consultations = self.fields["consultation"].queryset.live()
        if self.for_user is not None:
            consultations = consultations.of_moderator(self.for_user)
        chosen = Q(pk__in=consultations.values("pk")) | Q(pk=self.instance.consultation_id)
        every_one = self.fields["consultation"].queryset
        self.fields["consultation"].queryset = every_one.filter(chosen).order_by("-opens_at")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in field_names("links"):
            if any(not LINK.match(line) for line in lines(cleaned.get(name))):
                self.add_error(name, _("Every line ends in an address that begins with https://"))
        refuse_before_its_end(self, self.instance.event)
        return cleaned

    def rows_fit(self) -> bool:
        """The same note twice is the same form sent twice, or a slip."""
        rows = slots.kept_rows(self, "notes")
        here = [row.instance.pk for row in self.formsets["notes"].forms if row.instance.pk]
        elsewhere = SessionNote.objects.filter(report=self.instance.pk).exclude(pk__in=here)
        seen = set(elsewhere.values_list("digest", flat=True))
        fits = True
        for row in rows:
            if not getattr(row, "cleaned_data", {}).get("text"):
                continue
            digest = row.instance.what_it_says()
            if digest in seen:
                row.add_error("text", _("This note is in the list already."))
                fits = False
            seen.add(digest)
        return fits

    def fits_readers(self) -> bool:
        """Whoever does not see a picture is told in their language what is on it."""
        fits = True
        for name, column in (("pictures", "photo"), ("notes", "drawing")):
            for row in slots.kept_rows(self, name):
                language = undescribed_in(getattr(row, "cleaned_data", {}).get(column))
                if language:
                    words = _("Describe this photo in %(language)s first, in its own screen.")
                    row.add_error(column, words % {"language": language})
                    fits = False
        return fits

    def save(self, commit: bool = True) -> Any:
        report = super().save(commit=commit)
        hand_over_notes(report)  # of a report that was taken back: what stands there already
        return report
