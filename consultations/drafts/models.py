"""Versions of a draft text, and their paragraphs."""

from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from consultations.drafts.querysets import DraftQuerySet, ParagraphQuerySet
from consultations.models import ConsultationPage
from partnership.pages.languages import active
from partnership.pages.panels import side_by_side
from partnership.pages.two_hands.locking import lock
from partnership.pages.wording.remembering import RemembersWording


class DraftText(RemembersWording, ClusterableModel):
    """One version of a text of the cities; once readers see it, it never changes.

    Versions of the same text share the ``number`` that it has in its consultation.
    """

    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="draft_texts",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    title = models.CharField(_("title"), max_length=160, blank=True)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("What the text is for, and what comes next.")
    )
    is_published = models.BooleanField(
        _("published"),
        default=False,
        help_text=_(
            "Readers see the whole version and comment on it. From then on it never changes: "
            "what comes of the comments is the next version."
        ),
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = DraftQuerySet.as_manager()

    page_paths = ("consultation",)
    publish_required = ("title",)

    class Meta:
        verbose_name = _("draft text")
        verbose_name_plural = _("draft texts")
        ordering = ("consultation", "number", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "number", "version"), name="draft_version_once"
            ),
            models.UniqueConstraint(
                fields=("consultation", "number"),
                condition=Q(is_published=False),
                name="one_version_of_a_draft_is_written",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False, published_at=None)
                | Q(is_published=True, published_at__isnull=False),
                name="published_draft_since_an_instant",
            ),
        )

    def __str__(self) -> str:
        words = {"title": self.title or "", "number": self.version}
        return gettext("%(title)s, version %(number)s") % words

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.number:
            super().save(*args, **kwargs)
        else:
            self._save_with_the_next_number(*args, **kwargs)

    @transaction.atomic
    def _save_with_the_next_number(self, *args: Any, **kwargs: Any) -> None:
        """Lock the consultation first, so that of two at once each gets a number."""
        lock(ConsultationPage, self.consultation_id)
        texts = DraftText.objects.filter(consultation=self.consultation_id)
        self.number = (texts.aggregate(last=Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its own address in the active language, which stays when other versions follow."""
        slug = self.consultation.slug_in(active())
        return reverse("consultation_draft", args=(slug, self.number, self.version))


class Paragraph(Orderable):
    """One paragraph of a version; ``key`` is the same in every version that knows it.

    A paragraph that is dropped keeps its row in that version, with the reason, and has none in
    the versions after it. Its ``number`` is given when the version is published.
    """

    draft = ParentalKey(DraftText, on_delete=models.CASCADE, related_name="paragraphs")
    key = models.UUIDField(default=uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), default=0, editable=False)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    text = models.TextField(_("text"), blank=True)
    is_dropped = models.BooleanField(
        _("dropped in this version"),
        default=False,
        help_text=_("It stays readable in the version before, with its comments."),
    )
    became = models.TextField(
        _("what we changed and why"),
        blank=True,
        help_text=_(
            "For those who commented on this paragraph in the version before, also where it "
            "stays as it was."
        ),
    )

    objects = ParagraphQuerySet.as_manager()

    publish_required = ("text",)
    panels = (
        side_by_side("heading", heading=_("heading")),
        side_by_side("text", heading=_("text")),
        FieldPanel("is_dropped"),
        side_by_side("became", heading=_("what we changed and why")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        constraints = (
            models.UniqueConstraint(fields=("draft", "key"), name="paragraph_once_in_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.sign} {self.heading}" if self.heading else self.sign

    @property
    def sign(self) -> str:
        """What readers call it, in every language."""
        return f"§ {self.number}"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its version."""
        return f"paragraph-{self.number}"

    def get_absolute_url(self) -> str:
        """Its own page with everything said about it, in the active language."""
        draft = self.draft
        slug = draft.consultation.slug_in(active())
        places = (slug, draft.number, draft.version, self.number)
        return reverse("consultation_paragraph", args=places)
