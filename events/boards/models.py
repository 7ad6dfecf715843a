"""Boards: drawings that are no part of the page's revisions, because people vote on them."""

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.boards.querysets import BoardQuerySet
from events.models import EventPage
from partnership.pages.languages import active
from partnership.pages.two_hands.locking import lock
from partnership.pages.wording.remembering import RemembersWording


class Board(RemembersWording, models.Model):
    """One drawing with what it proposes; the drawing is described in every language."""

    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="boards",
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        blank=True,
        help_text=_("Empty takes the next free number. Links to a board use its number."),
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("What it proposes, and what that costs.")
    )
    drawing = models.ForeignKey(
        "pages.Photo", verbose_name=_("drawing"), on_delete=models.PROTECT, related_name="+"
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers see it on the page of the event.")
    )

    objects = BoardQuerySet.as_manager()

    page_paths = ("event",)
    publish_required = ("title", "explanation")

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("event", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "number"),
                name="board_number_once",
                violation_error_message=_("This event has a board with that number."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title or ''}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.number:
            super().save(*args, **kwargs)
        else:
            self._save_with_the_next_number(*args, **kwargs)

    @transaction.atomic
    def _save_with_the_next_number(self, *args: Any, **kwargs: Any) -> None:
        """Lock the event first, so that of two at once each gets a number."""
        lock(EventPage, self.event_id)
        last = Board.objects.filter(event=self.event_id).aggregate(last=Max("number"))["last"]
        self.number = (last or 0) + 1
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its own page, in the active language."""
        return reverse("event_board", args=(self.event.slug_in(active()), self.number))
