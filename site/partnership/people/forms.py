"""The form every public form that writes is built on: sent twice, counted once.

Who does what:

* The form (here) carries the hidden ``form_token``. Every time the form is shown, first or
  again, it holds a fresh one; shown again means that nothing was written.
* The service takes ``form_token`` and calls ``tokens.spend(form_token, purpose=...)`` inside
  its transaction, so that a refusal for another reason leaves the token whole.
* The view calls ``form.attempt(service, ...)``. ``TokenAlreadySpent`` passes through it: the
  view shows that sentence as a message and leads to where the first sending led. Where somebody
  may have gone back and changed their mind it first asks whether the same was said; if not,
  ``form.ask_again()`` keeps what was typed.

    class SignUpForm(OneUseForm):
        token_purpose = "registrations.sign_up"
        party_size = forms.IntegerField(...)

    form = SignUpForm(request.POST or None)
    if form.is_valid():
        try:
            done = form.attempt(sign_up, event, participant=participant, **form.cleaned_data)
        except TokenAlreadySpent as refusal:
            messages.info(request, str(refusal))
            return redirect(...)
        if done: ...

``cleaned_data`` holds ``form_token`` beside the other fields, so the service's keyword
arguments are the form's fields.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.people import tokens
from partnership.refusals import Refused

Done = TypeVar("Done")
SENT_BEFORE = _(
    "You sent this page before, with something else. If you mean this now, send it again."
)


class OneUseTokenField(forms.CharField):
    """A hidden token, fresh whenever the form is shown; spending it is the service's part."""

    widget = forms.HiddenInput

    def __init__(self, *, purpose: str, **kwargs: Any) -> None:
        super().__init__(required=False, initial=lambda: tokens.issue(purpose), **kwargs)
        self.purpose = purpose

    def to_python(self, value: Any) -> str:
        return str(value or "")

    def run_validators(self, value: str) -> None:
        """Nothing to check here: a forged token is refused by ``tokens.spend``."""

    def bound_data(self, data: Any, initial: Any) -> str:
        """What the form shows when it is shown again; cleaning reads what was sent."""
        return tokens.issue(self.purpose)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class OneUseForm(forms.Form):
    """A form that writes; give it ``token_purpose``, the name of what it does."""

    token_purpose = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_token"] = OneUseTokenField(purpose=self.token_purpose)

    def ask_again(self) -> None:
        """Say that this page was sent before, with something else; the form keeps what is new."""
        self.add_error(None, SENT_BEFORE)

    def attempt(self, service: Callable[..., Done], *args: Any, **kwargs: Any) -> Done | None:
        """Call the service; None, with the reason on the form, when it refuses.

        Raises TokenAlreadySpent when this very form was counted before.
        """
        try:
            return service(*args, **kwargs)
        except tokens.TokenAlreadySpent:
            raise
        except Refused as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, str(refusal))
            return None
