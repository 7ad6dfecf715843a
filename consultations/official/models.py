"""The cities' answers: how they are being written, and how they were signed and published."""

from typing import Any, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consultations.analysis.models import Theme
from consultations.models import Answer, ConsultationPage, Contribution, Question, Statement
from consultations.official.enums import AnswerState
from consultations.official.querysets import (
    TARGETS,
    AnswerSheetQuerySet,
    AnswerWishQuerySet,
    OfficialAnswerQuerySet,
    PublishedAnswerQuerySet,
)
from partnership.ledger.models import ApprovalRequest
from partnership.pages.languages import field_names
from partnership.pages.wording.remembering import RemembersWording
from partnership.people.models import Participant

LONGEST_ANSWER = 2000


class AnswerSheet(models.Model):
    """All answers to one consultation: what the cities sign, and publish, is the whole sheet."""

    consultation = models.OneToOneField(
        ConsultationPage, on_delete=models.PROTECT, related_name="answer_sheet"
    )
    rest = models.TextField(
        _("why the rest has no answer of its own"),
        max_length=LONGEST_ANSWER,
        blank=True,
        help_text=_("Signed with the answers. Leave it empty where everything has an answer."),
    )
    #: The reason as the cities signed it.
    published_rest = models.TextField(blank=True, editable=False)
    published_at = models.DateTimeField(_("first published at"), null=True, editable=False)
    #: When everybody who took part was put on the list of who is told.
    listed_at = models.DateTimeField(null=True, editable=False)

    objects = AnswerSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("answers to a consultation")
        verbose_name_plural = _("answers to consultations")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.consultation)

    @property
    def accounts_for_the_rest(self) -> bool:
        """Whether every city has signed why the rest has no answer, in every language."""
        return all(getattr(self, name) for name in field_names("published_rest"))


def _target(model: type[models.Model], label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="official_answers",
    )


def _exactly_one_target() -> Q:
    """One of the targets is set and all the others are not."""
    exactly_one = Q()
    for chosen in TARGETS:
        exactly_one |= Q(**{f"{target}__isnull": target != chosen for target in TARGETS})
    return exactly_one


class OfficialAnswer(RemembersWording, models.Model):
    """What the cities say to one thing that was said, as far as it is written."""

    sheet = models.ForeignKey(
        AnswerSheet, verbose_name=_("consultation"), on_delete=models.PROTECT,
        related_name="answers",
    )  # fmt: skip
    statement = _target(Statement, _("statement"))
    contribution = _target(Contribution, _("comment"))
    question = _target(Question, _("question with texts"))
    theme = _target(Theme, _("theme"))
    state = models.CharField(
        _("what becomes of it"),
        max_length=20,
        choices=AnswerState,
        default=AnswerState.UNDER_CONSIDERATION,
    )
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.CharField(
        _("who answers"), max_length=120, blank=True,
        help_text=_("The office or the council, as residents know it."),
    )  # fmt: skip
    commitments = models.ManyToManyField(
        "roadmap.Commitment", verbose_name=_("commitments it leads to"), blank=True,
        related_name="official_answers",
    )  # fmt: skip

    publish_required = ("text", "answered_by")
    objects = OfficialAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("official answer")
        verbose_name_plural = _("official answers")
        ordering = ("sheet", "pk")
        constraints = (
            models.CheckConstraint(
                condition=_exactly_one_target(),
                name="answer_has_exactly_one_target",
                violation_error_message=_("Choose exactly one thing that is answered."),
            ),
            *(
                models.UniqueConstraint(
                    fields=("sheet", target),
                    name=f"{target}_answered_once",
                    violation_error_message=_("There is an answer to this already."),
                )
                for target in TARGETS
            ),
        )

    def __str__(self) -> str:
        if not self.kind:
            return ""
        answered = cast(models.Field, self._meta.get_field(self.kind))
        return f"{capfirst(str(answered.verbose_name))}: {self.target}"

    @property
    def kind(self) -> str:
        """Which kind of thing is answered, one of ``TARGETS``."""
        return next((target for target in TARGETS if getattr(self, f"{target}_id") is not None), "")

    @property
    def target(self) -> Any:
        """What is answered."""
        return getattr(self, self.kind) if self.kind else None


class PublishedAnswer(models.Model):
    """An answer as every city signed it; a later wording replaces it and lets it stay on record."""

    answer = models.ForeignKey(OfficialAnswer, on_delete=models.PROTECT, related_name="published")
    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    state = models.CharField(_("what becomes of it"), max_length=20, choices=AnswerState)
    text = models.TextField(_("answer"), blank=True)
    answered_by = models.CharField(_("who answers"), max_length=120, blank=True)
    commitments = models.ManyToManyField("roadmap.Commitment", related_name="+")
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced at"), null=True)

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("published answer")
        verbose_name_plural = _("published answers")
        ordering = ("answer", "published_at")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("answer",), condition=Q(replaced_at=None), name="one_answer_is_current"
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.digest[:12]}"


class CoveredText(models.Model):
    """A text that a published answer to a theme answers, as it was coded on that day."""

    published = models.ForeignKey(PublishedAnswer, on_delete=models.CASCADE, related_name="covered")
    contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="covered_by"
    )
    answer = models.ForeignKey(
        Answer, null=True, on_delete=models.CASCADE, related_name="covered_by"
    )

    wagtail_reference_index_ignore = True  # one row for each text

    class Meta:
        verbose_name = _("answered text")
        verbose_name_plural = _("answered texts")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) ^ Q(answer__isnull=True),
                name="covered_text_is_comment_or_answer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.published_id}: {self.contribution_id or self.answer_id}"


class AnswerWish(models.Model):
    """Somebody is told, once, when the cities have answered: who asked, and who took part."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="answer_wishes"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="answer_wishes"
    )
    #: Empty for whoever is told because they took part.
    wished_at = models.DateTimeField(_("wished at"), default=timezone.now, null=True)
    told_at = models.DateTimeField(_("told at"), null=True)

    objects = AnswerWishQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("wish to hear of the answers")
        verbose_name_plural = _("wishes to hear of the answers")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "participant"), name="answer_wished_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.participant_id}"
