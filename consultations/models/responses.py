"""What people answered, what they have not sent yet, and what came on paper."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.enums import Channel
from consultations.fields import KeyByChance
from consultations.models.pages import ConsultationPage
from consultations.models.questions import LONGEST_WORDS, Question
from consultations.models.voices import (
    SpokenFor,
    confirmed_has_kind,
    official_is_city_hall,
    organisation_is_whole,
)
from consultations.querysets import AnswerQuerySet
from partnership.cities.models import City
from partnership.people.models import Participant

#: Without letters that make words, and without those that look like digits.
CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
#: Keys by chance: as many as fit into the numbers of every program, from 1 on.
KEYS = 10**15


def new_code() -> str:
    """Return the code of a receipt; of so many that nobody finds one by trying."""
    return "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))


def new_key() -> int:
    """Return a key by chance: keys in a row would tell in which order people answered."""
    return 1 + secrets.randbelow(KEYS)


class Response(SpokenFor):
    """One filled form: what one person answered to the questions of a consultation.

    Whoever answers on paper is nobody the system knows: the row has the number of the sheet,
    and who of the staff typed it in. By its code anybody can look up that it is counted.
    Nor does anybody know whose an anonymous row is: it tells no time but the day, and its code
    is shown to nobody. Who has answered is an ``AnsweredMark``.
    """

    id = KeyByChance(primary_key=True, default=new_key, editable=False)
    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.PROTECT, related_name="responses"
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses",
    )
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language_code = models.CharField(_("language"), max_length=20)
    created_at = models.DateTimeField(_("received at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    code = models.CharField(_("receipt"), max_length=8, unique=True, default=new_code)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    sheet = models.CharField(_("number of the sheet"), max_length=20, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=False, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("typed in by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "participant"), name="response_once"),
            models.UniqueConstraint(
                fields=("consultation", "sheet"),
                condition=Q(channel=Channel.PAPER),
                name="response_sheet_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    channel=Channel.WEB, participant__isnull=False, sheet="", is_anonymous=False
                )
                | Q(channel=Channel.WEB, participant=None, sheet="", is_anonymous=True)
                | (Q(channel=Channel.PAPER, participant=None, is_anonymous=False) & ~Q(sheet="")),
                name="response_of_somebody_or_of_a_sheet",
            ),
            organisation_is_whole("response_organisation_whole"),
            official_is_city_hall("response_official_is_city_hall"),
            confirmed_has_kind("response_confirmed_has_kind"),
        )

    def __str__(self) -> str:
        return f"{self.consultation}, {self.pk}"

    @property
    def receipt(self) -> str:
        """The code as people read and type it: 7KQM-2XRD."""
        return f"{self.code[:4]}-{self.code[4:]}"


class Answer(models.Model):
    """The answer to one question.

    ``value`` is an option's identifier, a list of them (of a ranking the first one first), a
    point of the scale, a number, a day as 2027-05-31, or a text; of something else than the
    options it is ``other``, with the ``words``, and of a mere point on the map ``point``.
    """

    id = KeyByChance(primary_key=True, default=new_key, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(_("value"))
    words = models.CharField(_("own words"), max_length=LONGEST_WORDS, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=7, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    objects = AnswerQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(fields=("response", "question"), name="answer_once"),
        )

    def __str__(self) -> str:
        return f"{self.question.identifier}: {self.value}"


class AnsweredMark(models.Model):
    """Somebody has answered an anonymous questionnaire; nothing leads from here to the answers.

    It knows no time, not even a day: on a quiet day that would point to the answers of it.
    """

    id = KeyByChance(primary_key=True, default=new_key, editable=False)
    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.PROTECT, related_name="answered_marks"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="answered_marks"
    )
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("mark of who has answered")
        verbose_name_plural = _("marks of who has answered")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "participant"), name="answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.consultation}, {self.participant}"


class Draft(models.Model):
    """A form that was not sent yet, as it was typed; it counts nowhere and goes when it is."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="drafts"
    )
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="drafts")
    typed = models.JSONField(_("typed"), default=dict)
    saved_at = models.DateTimeField(_("kept at"), default=timezone.now)

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "participant"), name="draft_once"),
        )

    def __str__(self) -> str:
        return f"{self.consultation}, {self.saved_at:%Y-%m-%d}"
