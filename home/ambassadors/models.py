"""Who took part and answers the questions of people who think about going."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.ambassadors.enums import State
from home.ambassadors.querysets import AmbassadorQuerySet
from partnership.people.models import Participant

LONGEST_WORDS = 600


class Ambassador(models.Model):
    """A resident offers to answer questions about an event they took part in."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="ambassador"
    )
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("took part in"),
        on_delete=models.PROTECT,
        related_name="ambassadors",
    )
    #: What readers see of the name and of where somebody lives, as they typed it.
    first_name = models.CharField(_("first name"), max_length=40)
    place = models.CharField(_("city"), max_length=60)
    words = models.TextField(_("in their words"), max_length=LONGEST_WORDS)
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    #: When they agreed to what stands here; with every change anew.
    consented_at = models.DateTimeField(_("agreed at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PENDING)
    reason = models.TextField(_("why it is not shown"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("read at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = AmbassadorQuerySet.as_manager()

    page_paths = ("event",)
    wagtail_reference_index_ignore = True  # a resident's own words

    class Meta:
        verbose_name = _("ambassador")
        verbose_name_plural = _("ambassadors")
        ordering = ("-consented_at", "-pk")
        default_permissions = ("change", "view")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=State.HIDDEN) | ~Q(reason=""),
                name="ambassador_hidden_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        # No name: this stands in logs, which stay when somebody leaves.
        return _("Ambassador No. %(number)s") % {"number": self.pk or "–"}

    @property
    def called(self) -> str:
        """Name and city, as readers see them."""
        return f"{self.first_name}, {self.place}"

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.state == State.PUBLISHED
