"""The forms in which a moderator decides about one thing, or about several at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.conversation.services import keep_as_it_is, pass_new_words
from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.moderation.forms import ReasonFields
from consultations.moderation.reasons import GivenReason
from consultations.moderation.refusals import WordsChanged
from consultations.proposals.services import hide_statement, publish_statement
from consultations.refusals import AlreadyModerated, NothingToKeep, ReasonMissing
from consultations.services import hide_contribution, publish_contribution
from partnership.pages.languages import CODES, localized
from partnership.refusals import Refused

PUBLISH, HIDE, PASS, KEEP = "publish", "hide", "pass", "keep"
#: At most as many as one page of the queue shows.
MOST_AT_ONCE = 20


class DecisionForm(ReasonFields):
    """What becomes of what the moderator saw in that state, and of new words or reports."""

    decision = forms.ChoiceField(choices=[(each, each) for each in (PUBLISH, HIDE, PASS, KEEP)])
    seen = forms.ChoiceField(choices=PublicationStatus)
    seen_words = forms.CharField(required=False)

    def decide(self, contribution: Contribution, *, by: Any) -> bool:
        """Carry the decision out; False, with the reason on the form, when refused."""
        try:
            self._carry_out(contribution, by=by)
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))
            return False
        return True

    def _carry_out(self, contribution: Contribution, *, by: Any) -> None:
        values = self.cleaned_data
        decision, seen = values["decision"], values["seen"]
        refuse_unless_as_read(contribution, seen=seen, words=values["seen_words"])
        if decision == PUBLISH:
            publish_contribution(contribution, by=by, seen=seen)
        elif decision == HIDE:
            hide_contribution(contribution, by=by, reason=self.given, seen=seen)
        elif decision == PASS:
            pass_new_words(contribution, by=by, seen_words=contribution.waiting_text)
        else:
            words = contribution.waiting_text
            keep_as_it_is(contribution, by=by, reason=self.given, seen_words=words)


class BulkForm(ReasonFields):
    """One decision about everything that was ticked."""

    decision = forms.ChoiceField(
        choices=((PUBLISH, _("Publish")), (KEEP, _("Leave as it is")), (HIDE, _("Hide"))),
        error_messages={
            "required": _("Choose what becomes of them."),
            "invalid_choice": _("Choose what becomes of them."),
        },
    )

    def __init__(self, *args: Any, chosen: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen or []

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.chosen:
            self.add_error(None, _("Tick what you want to decide about."))
        elif len(self.chosen) > MOST_AT_ONCE:
            words = ngettext(
                "At most %(number)d at once.", "At most %(number)d at once.", MOST_AT_ONCE
            )
            self.add_error(None, words % {"number": MOST_AT_ONCE})
        if values.get("decision") == HIDE and not self.errors and self.given.is_missing:
            self.add_error("reason", str(ReasonMissing()))
        return values

    def decide(self, target: Contribution | Statement, *, seen: str, words: str, by: Any) -> None:
        """Carry it out for one of them, in a transaction of its own; raises what refuses it."""
        act: Any = _about_statement if isinstance(target, Statement) else _about_comment
        act(target, self.cleaned_data["decision"], self.given, seen=seen, words=words, by=by)


def mark_of(target: Contribution | Statement) -> str:
    """What a box stands for: which thing, and the state and words the moderator saw."""
    words = target.words_digest if isinstance(target, Contribution) else ""
    return ":".join(
        (target._meta.model_name or "", str(target.pk), target.publication_status, words)
    )


def refuse_unless_as_read(contribution: Contribution, *, seen: str, words: str) -> None:
    """Raise AlreadyModerated or WordsChanged unless it is as the moderator saw it."""
    if seen != contribution.publication_status:
        raise AlreadyModerated
    if words != contribution.words_digest:
        raise WordsChanged


def _about_comment(
    target: Contribution, decision: str, given: GivenReason, *, seen: str, words: str, by: Any
) -> None:
    refuse_unless_as_read(target, seen=seen, words=words)
    if decision == PUBLISH:
        publish_contribution(target, by=by, seen=seen)
    elif decision == HIDE:
        hide_contribution(target, by=by, reason=given, seen=seen)
    elif target.publication_status != PublicationStatus.PUBLISHED:
        raise NothingToKeep
    else:
        keep_as_it_is(target, by=by, reason=given, seen_words=target.waiting_text)


def _about_statement(
    target: Statement, decision: str, given: GivenReason, *, seen: str, words: str, by: Any
) -> None:
    if decision == PUBLISH:
        texts = {code: getattr(target, localized("text", code)) or "" for code in CODES}
        publish_statement(target, by=by, texts=texts, seen=seen)
    elif decision == HIDE:
        hide_statement(target, by=by, reason=given, seen=seen)
    else:
        raise NothingToKeep
