"""The codebook of a consultation, and who put which text under which theme."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.analysis.querysets import (
    CodedTextQuerySet,
    ThemeAnnotationQuerySet,
    ThemeQuerySet,
)
from consultations.models import Answer, ConsultationPage, Contribution
from partnership.pages.wording.remembering import RemembersWording


class Theme(RemembersWording, models.Model):
    """Something that many texts speak about; its number is the key it is chosen with."""

    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="themes",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("theme"), max_length=80, blank=True)
    description = models.CharField(
        _("what belongs to it"), max_length=300, blank=True, help_text=_("For those who code.")
    )

    publish_required = ("title",)
    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("consultation", "number")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "number"), name="theme_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.number:
            others = Theme.objects.filter(consultation_id=self.consultation_id)
            self.number = (others.aggregate(last=Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    @property
    def anchor(self) -> str:
        """Where links to this theme lead on the page of answers."""
        return f"theme-{self.number}"


class CodedText(models.Model):
    """Somebody has read a comment or a text answer and decided, if only that no theme fits."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.PROTECT, related_name="coded_texts"
    )
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="codings"
    )
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="codings"
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    coded_at = models.DateTimeField(_("coded at"), default=timezone.now)

    objects = CodedTextQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each text and reader

    class Meta:
        verbose_name = _("coded text")
        verbose_name_plural = _("coded texts")
        default_permissions = ("add",)
        constraints = (
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) ^ Q(answer__isnull=True),
                name="coded_text_is_comment_or_answer",
            ),
            models.UniqueConstraint(
                fields=("coder", "contribution"), name="comment_coded_once_per_person"
            ),
            models.UniqueConstraint(
                fields=("coder", "answer"), name="answer_coded_once_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id or self.answer_id}: {self.coder_id}"


class ThemeAnnotation(models.Model):
    """One reader says that one text belongs to one theme; only people write these rows."""

    coded = models.ForeignKey(CodedText, on_delete=models.CASCADE, related_name="annotations")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="annotations")

    objects = ThemeAnnotationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text under a theme")
        verbose_name_plural = _("texts under themes")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("coded", "theme"), name="theme_once_per_coded_text"),
        )

    def __str__(self) -> str:
        return f"{self.coded_id}: {self.theme_id}"


class SavedView(models.Model):
    """Which texts somebody looks at again and again, under a name."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="saved_views"
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "saved_by", "name"), name="view_name_once_per_person"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Quote(models.Model):
    """A published comment that is quoted where the cities answer, with its translation."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="quotes"
    )
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="quote"
    )
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    picked_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.contribution)
