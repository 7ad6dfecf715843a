"""Screens that save in turn: sent twice saved once, and what is refused is said on the form."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic

from partnership.pages.huge_numbers import key_in
from partnership.pages.references import collected_once
from partnership.pages.two_hands.forms import TOKEN, token_purpose
from partnership.pages.two_hands.locking import lock
from partnership.people import tokens
from partnership.people.forms import SENT_BEFORE
from partnership.refusals import Refused


class InTurn:
    """Part of the screens that save a thing: one at a time, each form once."""

    request: HttpRequest
    model: type[Model]
    index_url_name: str
    produced_error_message: Any
    #: Whether the same form can be sent again with something else in it.
    is_open_again = False
    #: What is said to whoever was slower by a moment.
    collided: Any = _("Somebody has just saved the same. Look at it again.")

    def lock(self) -> None:
        """Lock what is changed before it is read; nothing, where something new is made."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save within one transaction; whoever sends the same form again is led on."""
        with transaction.atomic():
            self.lock()
            if tokens.was_sent(**self._sent):
                return self._lead_on()
            return super().post(request, *args, **kwargs)

    def save_instance(self) -> Any:
        """Save it and use up the form's token; what comes from no form of ours has none."""
        if TOKEN in self.request.POST:
            if not self.is_open_again:
                tokens.spend(self._sent["token"], purpose=self._sent["purpose"])
            tokens.spend_saying(**self._sent)
        with collected_once():
            return super().save_instance()

    def form_valid(self, form: Any) -> HttpResponse:
        """Save it, or show the form again with the reason."""
        try:
            return super().form_valid(form)
        except tokens.TokenAlreadySpent:
            form.add_error(None, SENT_BEFORE)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except IntegrityError:
            form.add_error(None, self.collided)
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong, unless the same form was saved while this one was read."""
        if tokens.was_sent(**self._sent):
            return self._lead_on()
        return super().form_invalid(form)

    def _lead_on(self) -> HttpResponse:
        messages.info(self.request, tokens.COUNTED_ONCE)
        return redirect(reverse(self.index_url_name))

    @property
    def _sent(self) -> dict[str, str]:
        """The token of the form, what it is for, and everything that was sent with it."""
        sent = self.request.POST.copy()
        sent.pop("csrfmiddlewaretoken", None)
        return {
            "token": sent.get(TOKEN, ""),
            "purpose": token_purpose(self.model),
            "content": sent.urlencode(),
        }


class AddThing(InTurn, generic.CreateView):
    """Makes something new."""


class EditThing(InTurn, generic.EditView):
    """Changes something; its row is locked, so that of two at once the second sees the first."""

    is_open_again = True

    def lock(self) -> None:
        lock(self.model, key_in(self.object_pk))
