"""The time for questions of an event, the questions asked in it, and who supports them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.enums import EventStatus
from events.questions.codes import LENGTH, in_groups, new_code
from events.questions.enums import TimeState
from events.questions.querysets import LiveQuestionQuerySet, QuestionTimeQuerySet
from partnership.cities.models import City
from partnership.cities.wall_clock import WallClockField
from partnership.pages.languages import CODES, active, localized
from partnership.pages.wording.remembering import RemembersWording
from partnership.people.models import Participant
from partnership.publication import HidingReason, PublicationStatus

LONGEST_QUESTION = 280
#: The same words are longer in some languages.
LONGEST_RENDERING = 400
LONGEST_ANSWER = 1000
CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class QuestionTime(RemembersWording, models.Model):
    """When live questions can be asked at an event; one for each event, of all its cities."""

    event = models.OneToOneField(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="question_time",
    )
    opens_at = WallClockField(_("opens at"), help_text=_("On the clock of the event."))
    closes_at = WallClockField(_("closes at"), help_text=_("On the clock of the event."))
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("What one can ask about, and who answers. It can stay empty."),
    )
    is_moderated = models.BooleanField(
        _("read before they are shown"),
        default=True,
        help_text=_("Off: a question is shown at once; what holds a link waits all the same."),
    )
    #: Shown on the wall: who knows it is in one of the halls.
    code = models.CharField(
        _("code"), max_length=LENGTH, unique=True, default=new_code, editable=False
    )

    objects = QuestionTimeQuerySet.as_manager()

    page_paths = ("event",)

    class Meta:
        verbose_name = _("time for questions")
        verbose_name_plural = _("live questions")
        ordering = ("-opens_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="question_time_closes_after_it_opens",
                violation_error_message=_("It must close after it opens."),
            ),
        )

    def __str__(self) -> str:
        return str(self.event.title) if self.event_id else ""

    @property
    def state(self) -> TimeState:
        """Where it stands now; questions for an event that was called off are over."""
        now = timezone.now()
        if self.event.event_status in CALLED_OFF or self.closes_at <= now:
            return TimeState.OVER
        return TimeState.OPEN if self.opens_at <= now else TimeState.NOT_YET

    @property
    def is_open(self) -> bool:
        """Whether one can ask and support now."""
        return self.state == TimeState.OPEN

    @property
    def code_in_groups(self) -> str:
        """The code as it is read out."""
        return in_groups(self.code)

    def address(self, name: str = "event_questions", *more: Any) -> str:
        """One of its addresses, in the active language."""
        return reverse(name, args=(self.event.slug_in(active()), *more))


class LiveQuestion(models.Model):
    """One question in the language it was asked in; nobody's name is ever shown beside it."""

    question_time = models.ForeignKey(
        QuestionTime,
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        related_name="questions",
    )
    #: Nobody: somebody in one of the halls asked it, with the code on the wall.
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="live_questions",
    )
    #: Copied when it is asked: the home city, or the hall; empty means elsewhere.
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.CharField(_("question"), max_length=LONGEST_QUESTION)
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    #: In the languages it was not asked in, written by the staff.
    rendering = models.CharField(_("in other words"), max_length=LONGEST_RENDERING, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    publication_status = models.CharField(
        _("status"),
        max_length=20,
        choices=PublicationStatus,
        default=PublicationStatus.PENDING,
    )
    hiding_reason = models.CharField(_("reason"), max_length=20, choices=HidingReason, blank=True)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    taken_at = models.DateTimeField(
        pgettext_lazy("live question", "taken at"), null=True, blank=True
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = LiveQuestionQuerySet.as_manager()

    page_paths = ("question_time__event",)
    wagtail_reference_index_ignore = True  # nobody looks for a question among references

    class Meta:
        verbose_name = _("live question")
        verbose_name_plural = _("live questions")
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("question_time",),
                condition=Q(taken_at__isnull=False, answered_at=None),
                name="one_live_question_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(publication_status="hidden") | ~Q(hiding_reason=""),
                name="hidden_live_question_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        # Logs of the admin hold it, where no erasure comes: never the words.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_from_the_hall(self) -> bool:
        """Whether somebody in a hall asked it, without account or address."""
        return self.participant_id is None

    @property
    def is_being_answered(self) -> bool:
        """Whether it is the one on the wall."""
        return self.taken_at is not None and self.answered_at is None

    @property
    def is_taken_up(self) -> bool:
        """Whether it is on the wall, or was answered."""
        return self.taken_at is not None or self.answered_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether readers see it."""
        return self.publication_status == PublicationStatus.PUBLISHED

    def said_in(self, code: str) -> str:
        """Return it in a language; empty where nobody has written it in that one."""
        if code == self.language_code:
            return self.text
        return getattr(self, localized("rendering", code)) or ""

    def answer_in(self, code: str) -> str:
        """Return the answer in a language; empty without one."""
        return getattr(self, localized("answer", code)) or ""

    def wordings(self) -> list[tuple[str, str]]:
        """Return every language it can be read in, with its words; its own language first."""
        codes = sorted(CODES, key=lambda code: code != self.language_code)
        return [(code, words) for code in codes if (words := self.said_in(code))]


class QuestionSupport(models.Model):
    """Somebody wants a question answered: once for each person, or each browser in a hall."""

    question = models.ForeignKey(
        LiveQuestion,
        verbose_name=_("question"),
        on_delete=models.CASCADE,
        related_name="support",
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supported_questions",
    )
    #: The digest of a key made by chance, which only a browser in a hall has.
    hall_key = models.CharField(max_length=64, null=True, blank=True)
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    wagtail_reference_index_ignore = True  # nobody looks for a supporter among references

    class Meta:
        verbose_name = _("support of a live question")
        verbose_name_plural = _("support of live questions")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "participant"), name="live_question_supported_once"
            ),
            models.UniqueConstraint(
                fields=("question", "hall_key"), name="live_question_supported_once_in_the_hall"
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) ^ Q(hall_key__isnull=False),
                name="live_question_supporter_is_person_or_hall",
            ),
        )

    def __str__(self) -> str:
        return str(self.question_id)
