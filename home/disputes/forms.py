"""The forms of a disagreement, and of each thing that is done with it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from events.looking_back import refuse_day
from home.committees.forms import PublicForm
from home.committees.models import Mediator
from home.disputes.enums import Confidentiality, OutcomeKind
from home.disputes.models import Dispute
from home.disputes.refusals import NoPathway
from home.disputes.services import (
    ask_for_time,
    ask_to_show,
    begin,
    cities_of,
    move_on,
    pathway,
    settle,
)
from partnership.cities.days import refuse_slips
from partnership.cities.models import City
from partnership.ledger.models import ApprovalRequest
from partnership.pages.enums import TextState
from partnership.pages.languages import CODES, localized, name_in_words, own_name
from partnership.pages.wording.gate import Problem
from partnership.people.models import Resident
from partnership.people.text_fields import PlainTextField

#: What the clocks and the signatures hang on.
FIXED = ("raised_by", "raised_on", "cities")
A_PAIR = 2


class DisputeForm(PublicForm):
    """A disagreement in every language, which both sides read, whatever readers see of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown_before = self.instance.confidentiality
        for name in FIXED:
            self.fields[name].disabled = bool(self.instance.pk)
        if not self.instance.pk:
            self._offer_cities()
        self._offer_help()

    def _offer_cities(self) -> None:
        """Both cities, where there are two; and an editor speaks for their own."""
        everyone = list(City.objects.all())
        if len(everyone) == A_PAIR:
            self.initial["cities"] = everyone
        own = City.objects.all() if self.for_user is None else self.for_user.edits_for.all()
        self.fields["raised_by"].queryset = own

    def _offer_help(self) -> None:
        """Mediators who are confirmed now, and promises that are public; what was chosen stays."""
        confirmed = Mediator.objects.confirmed(timezone.localdate())
        kept = Mediator.objects.filter(pk=self.instance.mediator_id)
        self.fields["mediator"].queryset = confirmed | kept
        self.fields["mediator"].label_from_instance = lambda mediator: mediator.name
        promises = apps.get_model("roadmap", "Commitment").objects.select_related("roadmap")
        public = Q(roadmap__live=True) | Q(pk=self.instance.commitment_id)
        self.fields["commitment"].queryset = promises.filter(public)
        self.fields["commitment"].label_from_instance = lambda one: f"{one.roadmap.year}: {one}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shown = cleaned.get("confidentiality")
        if not self.instance.pk:
            self._check_beginning(cleaned)
        elif shown and Dispute(confidentiality=shown).is_more_open(than=self.shown_before):
            words = _("Every city signs before readers see more. Ask for it where it is moved.")
            self.add_error("confidentiality", words)
        return cleaned

    def words_for(self, problem: Problem) -> Any:
        """Nothing is published of what readers are not told; every city in it reads it."""
        is_told = self.cleaned_data.get("confidentiality") == Confidentiality.OPEN
        if is_told or problem.state != TextState.MISSING:
            return super().words_for(problem)
        words = _("Write it in %(language)s too: every city in it reads it.")
        return words % {"language": name_in_words(problem.code)}

    def _check_beginning(self, cleaned: dict[str, Any]) -> None:
        cities = set(cleaned.get("cities") or ())
        if "cities" in cleaned and len(cities) == 1:
            self.add_error("cities", _("It takes two to disagree: choose another city, too."))
        raised_by = cleaned.get("raised_by")
        if raised_by and cities and raised_by not in cities:
            self.add_error("raised_by", _("This is not one of the cities in it."))
        refuse_day(self, "raised_on", since=None)
        refuse_slips(self, "raised_on")
        if not pathway():
            self.add_error(None, str(NoPathway()))

    def save(self, commit: bool = True) -> Dispute:
        """Save it, and let its first clock run."""
        is_new = not self.instance.pk
        saved: Dispute = super().save(commit=commit)
        if commit and is_new:
            begin(saved, by=self.for_user)
        return saved


class ActForm(forms.Form):
    """What is done with a disagreement, with a text in every language; ``act`` calls a service."""

    title: Any = ""
    text = ""
    label: Any = ""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, dispute: Dispute, editor: Resident
    ) -> None:
        super().__init__(data, auto_id=f"{self.text}-%s")
        self.dispute, self.editor = dispute, editor
        for code in CODES:
            label = f"{self.label} ({own_name(code)})"
            field = PlainTextField(
                label=label, widget=AdminAutoHeightTextInput(attrs={"lang": code})
            )
            self.fields[localized(self.text, code)] = field

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {code: self.cleaned_data[localized(self.text, code)] for code in CODES}

    def is_offered(self, *, is_asked: bool) -> bool:
        """Whether it can be done now, while the cities are asked about a change or not."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Go by what is stored now, which is on the screen that answers a refusal."""

    def act(self) -> Any:
        """Do it; raises what the service refuses with."""
        raise NotImplementedError


class ForCityForm(ActForm):
    """What is done for one city, with the step that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    city: Any = forms.ModelChoiceField(City.objects.none(), label=gettext_lazy("For which city"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = cities_of(self.dispute, self.editor)
        fields: dict[str, Any] = self.fields
        fields["city"].queryset = City.objects.filter(pk__in=[city.pk for city in own])
        if len(own) == 1:
            fields["city"].initial = own[0].pk
            fields["city"].widget = forms.HiddenInput()
        fields["seen"].initial = self._step_now

    @property
    def _step_now(self) -> int | None:
        step = self.dispute.current_step
        return step.pk if step else None

    def is_offered(self, *, is_asked: bool) -> bool:
        """Until it is over."""
        return not self.dispute.is_settled

    def look_again(self) -> None:
        """Let the next press count for the step that is on the screen by then."""
        self.data = {**self.data.dict(), "seen": self._step_now}

    @property
    def _who(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ("city", "seen")}
        return {**values, "by": self.editor}


class MoveForm(ForCityForm):
    """On to the next step."""

    title = gettext_lazy("On to the next step")
    text, label = "agreed", gettext_lazy("What was agreed in this step")

    def act(self) -> None:
        move_on(self.dispute, agreed=self.texts, **self._who)


class SettleForm(ForCityForm):
    """How it ended."""

    title = gettext_lazy("Say how it ended")
    text, label = "outcome", gettext_lazy("Outcome")
    kind = forms.ChoiceField(choices=OutcomeKind, label=gettext_lazy("How it ended"))

    def act(self) -> None:
        settle(self.dispute, kind=self.cleaned_data["kind"], outcome=self.texts, **self._who)


class TimeForm(ActForm):
    """More time for the step it is at."""

    title = gettext_lazy("Ask every city for more time")
    text, label = "why_time", gettext_lazy("Why it takes longer")
    until = forms.DateField(
        label=gettext_lazy("New last day"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def is_offered(self, *, is_asked: bool) -> bool:
        """Until it is over, one question at a time."""
        return not (is_asked or self.dispute.is_settled)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        refuse_slips(self, "until")
        return cleaned

    def act(self) -> ApprovalRequest:
        until = self.cleaned_data["until"]
        return ask_for_time(self.dispute, by=self.editor, until=until, reason=self.texts)


class ShowForm(ActForm):
    """More of it for readers."""

    title = gettext_lazy("Ask every city to show more")
    text, label = "why_show", gettext_lazy("Why readers should see more")
    confidentiality = forms.ChoiceField(
        choices=Confidentiality, label=gettext_lazy("What readers see")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.dispute.confidentiality
        more: Any = self.fields["confidentiality"]
        more.choices = [
            (one.value, one.label)
            for one in Confidentiality
            if Dispute(confidentiality=one).is_more_open(than=now)
        ]

    def is_offered(self, *, is_asked: bool) -> bool:
        """Where there is more to show, one question at a time."""
        return not (is_asked or self.dispute.is_told)

    def act(self) -> ApprovalRequest:
        shown = self.cleaned_data["confidentiality"]
        return ask_to_show(self.dispute, by=self.editor, confidentiality=shown, reason=self.texts)


#: By the name of the button that sends it.
ACTS: dict[str, type[ActForm]] = {
    "move": MoveForm,
    "settle": SettleForm,
    "time": TimeForm,
    "show": ShowForm,
}
