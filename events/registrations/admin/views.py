"""The screens about the places of one event; editors open those of their own cities only."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events.models import EventPage
from events.registrations.admin.forms import (
    GiveBackForm,
    GivePlacesForm,
    MessageForm,
    PlacesExportForm,
    PromotionForm,
)
from events.registrations.door.permissions import may_check_in
from events.registrations.exports import export_places
from events.registrations.models import GroupMessage, PlacesExport, Registration
from events.registrations.refusals import NotYourCity
from events.registrations.services import give_back_each, promote, promote_each
from events.registrations.services.consent import record_on_paper
from events.registrations.services.messages import write_to_group
from events.registrations.services.timely import AT_A_TIME
from events.registrations.statistics import by_city
from partnership.pages.languages import active
from partnership.pages.permissions import city_keys
from partnership.people.tokens import TokenAlreadySpent
from partnership.refusals import Refused
from partnership.serving.views import forbidden

SEES_PLACES = "registrations.view_registration"
SEES_PEOPLE = "registrations.view_people"
MANAGES = "registrations.manage_places"
LATEST = 10
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
PLACES = {"url": reverse_lazy("places:index"), "label": _("Places")}


def refused(request: HttpRequest) -> HttpResponse:
    """A plain 403: Wagtail would lead to its front page, as if it had been done."""
    return forbidden(request, PermissionDenied())


def refused_city(request: HttpRequest) -> HttpResponse:
    """The same for an event of another city, with the reason."""
    context = {"title": gettext("You may not open this page"), "sentence": str(NotYourCity())}
    return render(request, "registrations/sentence.html", context, status=403)


class AboutAnEvent(WagtailAdminTemplateMixin, View):
    """Asks for a permission, and whose event it is."""

    header_icon = "group"
    permission = SEES_PLACES

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            return refused(request)
        if not (request.user.is_superuser or city_keys(request.user).open(self.event)):
            return refused_city(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> EventPage:
        """The event all of this is about."""
        return get_object_or_404(EventPage, pk=self.kwargs["event_id"])

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, PLACES, {"url": self.overview_url, "label": self.event.title}]

    @property
    def overview_url(self) -> str:
        """The screen the others lead back to."""
        return reverse("event_places:overview", args=(self.event.pk,))


class OverviewView(AboutAnEvent, TemplateView):
    """Figures by city, and what can be done."""

    page_title = _("Places")
    template_name = "registrations/admin/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log: QuerySet = PlacesExport.objects.filter(event=self.event).select_related("exported_by")
        sees_people = self.request.user.has_perm(SEES_PEOPLE)
        return {
            **super().get_context_data(**kwargs),
            "event": self.event,
            "figures": by_city(self.event, in_full=sees_people),
            "for_guardians": self.event.registrations.hoping().awaiting_guardian().count(),
            "door_url": self.door_url,
            "manages": self.request.user.has_perm(MANAGES),
            "log": log[:LATEST] if sees_people else (),
        }

    @property
    def door_url(self) -> str:
        """Where people are let in, for those who may, in the language of this person."""
        if not may_check_in(self.request.user, self.event):
            return ""
        with translation.override(self.request.user.language_code):
            return reverse("event_door", args=(self.event.slug_in(active()),))


class EventForm(AboutAnEvent, FormView):
    """A form about one event; a refused one is shown again with what was typed."""

    template_name = "registrations/admin/form.html"
    #: What happens when it is sent.
    lead = ""
    submit = _("Send")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page_subtitle": self.get_header_title(),  # Wagtail's heading would be the event alone
            "action_url": self.request.path,
            "lead": self.lead,
            "submit": self.submit,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refuse(self, form: Any, refusal: Refused) -> HttpResponse:
        """Show the form again with the sentence."""
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return self.form_invalid(form)


class AboutAPlace(EventForm):
    """A form about one place."""

    permission = MANAGES

    @cached_property
    def registration(self) -> Registration:
        """Whose place or turn it is."""
        found = Registration.objects.with_people().select_related("event")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def event(self) -> EventPage:
        return self.registration.event

    def get_page_subtitle(self) -> str:
        sees = self.request.user.has_perm(SEES_PEOPLE)
        return self.registration.participant.name if sees else self.registration.code

    def back_to_the_list(self) -> HttpResponse:
        """Where the screen was opened."""
        return redirect(f"{reverse('places:index')}?event={self.event.pk}")


class PromoteView(AboutAPlace):
    """Give a place by hand to somebody who waits."""

    page_title = _("Give a place")
    form_class = PromotionForm
    submit = _("Give the place")

    def form_valid(self, form: PromotionForm) -> HttpResponse:
        try:
            promote(self.registration, by=self.request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, gettext("The place is given, and the person is told."))
        return self.back_to_the_list()


class PaperView(AboutAPlace):
    """Note that a guardian's consent is there on paper."""

    page_title = _("Consent on paper")
    form_class = Form
    lead = _(
        "For a parent or guardian who has signed on paper instead of answering our mail. The place "
        "is confirmed at once, and their address is deleted."
    )
    submit = _("The consent is here on paper")

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            record_on_paper(self.registration, by=self.request.user)
        except Refused as refusal:
            return self.refuse(form, refusal)
        messages.success(
            self.request, gettext("The guardian's consent is recorded as given on paper.")
        )
        return self.back_to_the_list()


class GiveView(EventForm):
    """Give places by hand to several of those who wait."""

    page_title = _("Give places")
    permission = MANAGES
    form_class = GivePlacesForm
    submit = _("Give the places")

    def get_form_kwargs(self) -> dict[str, Any]:
        sees_people = self.request.user.has_perm(SEES_PEOPLE)
        return {**super().get_form_kwargs(), "event": self.event, "sees_people": sees_people}

    def form_valid(self, form: GivePlacesForm) -> HttpResponse:
        given, left = promote_each(
            form.cleaned_data["chosen"], by=self.request.user, reason=form.cleaned_data["reason"]
        )
        if given:
            messages.success(self.request, self._told(given))
        if left:
            names = ", ".join(form.name_of(registration) for registration in left)
            sentence = gettext("There was no place for: %(names)s. They keep their turn.")
            messages.warning(self.request, sentence % {"names": names})
        return redirect(self.overview_url)

    def _told(self, given: list[Registration]) -> str:
        sentence = ngettext(
            "%(number)d group has a place now, and is told.",
            "%(number)d groups have a place now, and are told.",
            len(given),
        )
        return sentence % {"number": len(given)}


class GiveBackView(EventForm):
    """Give places back for those who cannot come and cannot do it themselves."""

    page_title = _("Give places back")
    permission = MANAGES
    form_class = GiveBackForm
    lead = _("Everybody is told by mail, and what becomes free is offered to the first in line.")
    submit = _("Give back")

    def get_initial(self) -> dict[str, Any]:
        return {"codes": self.request.GET.get("code", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "event": self.event}

    def form_valid(self, form: GiveBackForm) -> HttpResponse:
        given_back, left = give_back_each(
            form.cleaned_data["codes"], by=self.request.user, reason=form.cleaned_data["reason"]
        )
        sentence = ngettext(
            "%(number)d place or turn was given back; the person is told.",
            "%(number)d places or turns were given back; the people are told.",
            len(given_back),
        )
        messages.success(self.request, sentence % {"number": len(given_back)})
        if left:
            codes = ", ".join(registration.code_in_groups for registration in left)
            too_late = gettext("It was too late for: %(codes)s")
            messages.warning(self.request, too_late % {"codes": codes})
        return redirect(self.overview_url)


class MessageView(EventForm):
    """Write to a group, in every language."""

    page_title = _("Write to a group")
    permission = MANAGES
    form_class = MessageForm

    def form_valid(self, form: MessageForm) -> HttpResponse:
        try:
            message = write_to_group(
                self.event,
                statuses=form.cleaned_data["statuses"],
                joins_in=form.cleaned_data["joins_in"],
                words=form.words(),
                written_by=self.request.user,
                form_token=form.cleaned_data["form_token"],
            )
        except TokenAlreadySpent as refusal:
            return self._sent_before(form, refusal)
        except Refused as refusal:
            return self.refuse(form, refusal)
        people = message.addressees.count()
        sentence = ngettext(
            "The message goes to %(number)s person, within seconds.",
            "The message goes to %(number)s people, within seconds.",
            people,
        )
        if people > AT_A_TIME:
            sentence = gettext("The message goes to %(number)s people, within minutes.")
        messages.success(self.request, sentence % {"number": number_format(people)})
        return redirect(self.overview_url)

    def _sent_before(self, form: MessageForm, refusal: TokenAlreadySpent) -> HttpResponse:
        """Of the same words twice the first go; other words may be meant."""
        same = GroupMessage.objects.filter(
            event=self.event,
            statuses=form.cleaned_data["statuses"],
            joins_in=form.cleaned_data["joins_in"],
            words=form.words(),
        )
        if not same.exists():
            form.ask_again()
            return self.form_invalid(form)
        messages.info(self.request, str(refusal))
        return redirect(self.overview_url)


class PlacesExportView(EventForm):
    """Take the list along."""

    page_title = _("Export")
    form_class = PlacesExportForm
    submit = _("Export")

    def get_form_kwargs(self) -> dict[str, Any]:
        sees_people = self.request.user.has_perm(SEES_PEOPLE)
        return {**super().get_form_kwargs(), "sees_people": sees_people}

    def form_valid(self, form: PlacesExportForm) -> Any:
        chosen = form.cleaned_data
        try:
            made = export_places(
                self.event,
                file_format=chosen["file_format"],
                with_people=chosen.get("with_people", False),
                exported_by=self.request.user,
                reason=chosen.get("reason", ""),
            )
        except Refused as refusal:
            return self.refuse(form, refusal)
        return StreamingHttpResponse(
            made.pieces,
            content_type=made.content_type,
            headers={
                "Content-Disposition": f'attachment; filename="{made.filename}"',
                "Cache-Control": "no-store",
            },
        )
