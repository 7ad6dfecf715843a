"""Who asked for news and for which, the issues, and what went to whom."""

from datetime import datetime

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from events.fields import CodesField, codes_in, written
from home.news.enums import Rhythm, Topic
from home.news.querysets import LetterQuerySet, WishQuerySet
from home.news.schedule import instant
from partnership.cities.models import City
from partnership.people.models import Participant

EVERYTHING = written(Topic.values)


class NewsWish(models.Model):
    """Somebody with a confirmed address asked for news by mail."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="news_wish"
    )
    topics = CodesField(
        _("what about"), max_length=100, default=EVERYTHING, offered=lambda: list(Topic.choices)
    )
    city = models.ForeignKey(
        City,
        verbose_name=_("about which city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty means all of them."),
    )
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    #: Everything up to here was told to them, or was no news for them; None before the first.
    told_until = models.DateTimeField(_("told until"), null=True, editable=False)

    objects = WishQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # somebody's own choice

    class Meta:
        verbose_name = _("wish for news by mail")
        verbose_name_plural = _("wishes for news by mail")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.rhythm}"

    @property
    def topic_labels(self) -> list[str]:
        """What it is about, in the active language."""
        return [str(Topic(code).label) for code in codes_in(self.topics)]


class Issue(models.Model):
    """What leaves on one Thursday; each reader gets of it what they asked for."""

    day = models.DateField(_("day"), unique=True)
    greeting = models.TextField(
        _("greeting"),
        max_length=600,
        blank=True,
        help_text=_("If you like: a few sentences above the news of this issue only."),
    )

    publish_required = ()

    class Meta:
        verbose_name = _("issue of the news")
        verbose_name_plural = _("issues of the news")
        ordering = ("-day",)
        default_permissions = ("change", "view")

    def __str__(self) -> str:
        return formats.date_format(self.day)

    def is_ahead(self, now: datetime) -> bool:
        """Whether no reader has it yet: its hour has come in no city."""
        zones = City.objects.values_list("time_zone", flat=True)
        return all(instant(self.day, zone) > now for zone in zones)


class Letter(models.Model):
    """An issue was written to somebody: once."""

    issue = models.ForeignKey(
        Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="letters"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="news_letters"
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    objects = LetterQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # it goes with the person

    class Meta:
        verbose_name = _("news by mail")
        verbose_name_plural = _("news by mail")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("issue", "participant"), name="news_issue_once"),
        )

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.participant_id}"
