"""A form sent twice is counted once."""

from datetime import timedelta

import pytest
from django import forms
from django.core import signing
from django.db import transaction
from django.utils import timezone

from partnership.people import tokens
from partnership.people.forms import OneUseForm
from partnership.people.models import SpentToken
from partnership.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PURPOSE = "tests.wave"


class WaveForm(OneUseForm):
    """Asks how often."""

    token_purpose = PURPOSE
    times = forms.IntegerField()


def test_a_token_works_once():
    token = tokens.issue(PURPOSE)
    tokens.spend(token, purpose=PURPOSE)

    with pytest.raises(tokens.TokenAlreadySpent, match="It was counted once"):
        tokens.spend(token, purpose=PURPOSE)


@pytest.mark.parametrize(
    "token",
    ["", "x", "a:b:c", "\x00", "\ud800", "🌉" * 1000, tokens.issue("tests.other")],
    ids=["none", "short", "shape", "nul", "surrogate", "long", "other purpose"],
)
def test_forged_tokens_and_those_of_other_forms_are_refused(token: str):
    with pytest.raises(tokens.TokenExpired):
        tokens.spend(token, purpose=PURPOSE)

    assert not SpentToken.objects.exists()


def test_a_token_lasts_twelve_hours(monkeypatch):
    token = tokens.issue(PURPOSE)
    now = timezone.now().timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: now + 12 * 3600 + 5)

    with pytest.raises(tokens.TokenExpired, match="Nothing is lost"):
        tokens.spend(token, purpose=PURPOSE)


def test_a_refusal_for_another_reason_leaves_the_token_whole():
    token = tokens.issue(PURPOSE)

    def refuse() -> None:
        with transaction.atomic():
            tokens.spend(token, purpose=PURPOSE)
            raise Refused("The event is full.")

    with pytest.raises(Refused, match="full"):
        refuse()

    tokens.spend(token, purpose=PURPOSE)


@pytest.mark.django_db(transaction=True)
def test_of_two_sendings_at_the_same_moment_one_counts(run_in_threads):
    token = tokens.issue(PURPOSE)

    outcomes = run_in_threads(lambda _number: tokens.spend(token, purpose=PURPOSE), times=4)

    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, tokens.TokenAlreadySpent) for outcome in outcomes) == 3


def test_old_tokens_are_forgotten_and_young_ones_kept():
    long_ago = timezone.now() - timedelta(hours=13)
    SpentToken.objects.create(spent_at=long_ago)
    young = SpentToken.objects.create()

    assert tokens.purge() == 1
    assert list(SpentToken.objects.all()) == [young]


def test_a_form_carries_a_fresh_token_each_time_it_is_shown():
    first = str(WaveForm()["form_token"])
    sent = tokens.issue(PURPOSE)
    refused = WaveForm({"times": "often", "form_token": sent})

    assert 'type="hidden"' in first
    assert first != str(WaveForm()["form_token"])
    assert not refused.is_valid()
    assert sent not in str(refused["form_token"])
    assert "form_token" not in refused.errors


def wave(*, times: int, form_token: str) -> int:
    """A service as others write it."""
    with transaction.atomic():
        tokens.spend(form_token, purpose=PURPOSE)
        if times > 9:
            raise Refused("At most 9.", field="times")
        return times


def test_the_token_goes_with_the_answers_to_the_service():
    form = WaveForm({"times": "3", "form_token": tokens.issue(PURPOSE)})
    assert form.is_valid()

    assert form.attempt(wave, **form.cleaned_data) == 3
    with pytest.raises(tokens.TokenAlreadySpent):
        form.attempt(wave, **form.cleaned_data)


def test_a_refusal_is_said_beside_its_field_and_an_expired_form_above_all():
    refused = WaveForm({"times": "10", "form_token": tokens.issue(PURPOSE)})
    expired = WaveForm({"times": "1", "form_token": "old"})
    assert refused.is_valid()
    assert expired.is_valid()

    outcomes = [form.attempt(wave, **form.cleaned_data) for form in (refused, expired)]

    assert outcomes == [None, None]
    assert refused.errors == {"times": ["At most 9."]}
    assert "open for a long time" in expired.non_field_errors()[0]
