"""The forms of seats, meetings, contacts and mediators; what they save is public at once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.looking_back import refuse_day
from home.committees.models import CommitteePage, Membership
from partnership.cities.forms import OfOwnCityForm
from partnership.cities.today import latest_today
from partnership.mailboxes import spelled
from partnership.pages.permissions import city_keys
from partnership.pages.publishing import PublishedForm
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.pages.wording import slots
from partnership.serving import public_changed


class PublicForm(PublishedForm):
    """Of what readers see as soon as it is saved, so that it is in every language by then."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["is_published"] = True  # no column: there is no other state
        return cleaned


class MembershipForm(OfOwnCityForm, TwoHandsForm, WagtailAdminModelForm):
    """A seat of one of the editor's cities, in a committee that names the city."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Membership.objects.exclude(pk=self.instance.pk).select_related("city", "committee")
        if self.for_user is not None:
            seats = seats.of_editor(self.for_user)
        self.fields["deputy"].queryset = seats
        self.fields["deputy"].label_from_instance = _in_words

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        committee, city = cleaned.get("committee"), cleaned.get("city")
        named = set(committee.cities.all()) if committee else set()
        if city and named and city not in named:
            self.add_error("city", _("This committee does not name that city."))
        deputy = cleaned.get("deputy")
        if deputy and (deputy.committee, deputy.city) != (committee, city):
            self.add_error("deputy", _("Choose a seat of the same city in the same committee."))
        refuse_day(self, "consent_on", since=None)
        for name in ("starts_on", "ends_on"):
            refuse_day(self, name, since=None, may_come=True)
        return cleaned

    def save(self, commit: bool = True) -> Membership:
        saved: Membership = super().save(commit=commit)
        public_changed()
        return saved


def _in_words(seat: Membership) -> str:
    return f"{seat.committee.title}: {seat.called}, {seat}"


class MeetingForm(PublicForm):
    """A meeting of a committee that is joint or of one of the editor's cities."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = CommitteePage.objects.order_by("pk")
        if self.for_user is not None and not self.for_user.is_superuser:
            committees = committees.filter(pk__in=city_keys(self.for_user).pages().values("pk"))
        self.fields["committee"].queryset = committees

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_day(self, "held_on", since=None, may_come=True)
        return cleaned

    def fits_readers(self) -> bool:
        """Whether nothing is told of a meeting before its day."""
        day = self.cleaned_data.get("held_on")
        told = [name for name in self.cleaned_data if name.startswith("minutes")]
        is_told = any(self.cleaned_data[name] for name in told)
        if not day or day <= latest_today() or not (is_told or slots.kept_rows(self, "decisions")):
            return True
        message = _("This meeting is still to come: its minutes and decisions are for later.")
        self.add_error("held_on", message)
        return False


class ContactForm(OfOwnCityForm, PublicForm):
    """An office of one of the editor's cities; its mailbox is nobody's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Q(is_staff=True) | Q(edits_for__isnull=False)
        people = get_user_model().objects.filter(staff, is_active=True).distinct()
        for name in ("primary", "deputy"):
            kept = Q(pk=getattr(self.instance, f"{name}_id"))
            self.fields[name].queryset = people | people.model.objects.filter(kept).distinct()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("primary") and cleaned["primary"] == cleaned.get("deputy"):
            self.add_error("deputy", _("Choose somebody else: this is the first holder."))
        mailbox = cleaned.get("mailbox")
        if mailbox and get_user_model().objects.filter(email=spelled(mailbox)).exists():
            message = _("This is somebody’s own address. Write the mailbox of the office.")
            self.add_error("mailbox", message)
        return cleaned


class MediatorForm(PublicForm):
    """Somebody who helps; named to readers once they have agreed to it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_day(self, "consent_on", since=None)
        return cleaned
