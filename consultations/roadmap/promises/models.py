"""A change of a promise that readers know: asked for with a reason, made once every city signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.promises.enums import ChangeState
from consultations.roadmap.promises.querysets import PromiseChangeQuerySet

LONGEST_REASON = 600


class PromiseChange(models.Model):
    """From what to what, and why; who asked when, and who signed, is in the ledger.

    ``before`` and ``after`` hold the same keys, each as ``values`` writes it.
    """

    commitment = models.ForeignKey(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        on_delete=models.PROTECT,
        related_name="promise_changes",
    )
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(_("why"), max_length=LONGEST_REASON, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState, default=ChangeState.WAITING
    )
    settled_at = models.DateTimeField(_("signed or called off at"), null=True, editable=False)

    objects = PromiseChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # records point to things, not the other way round

    class Meta:
        verbose_name = _("change of a promise")
        verbose_name_plural = _("changes of promises")
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("commitment",),
                condition=Q(state=ChangeState.WAITING),
                name="one_change_of_a_promise_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.WAITING, settled_at=None)
                | (~Q(state=ChangeState.WAITING) & Q(settled_at__isnull=False)),
                name="settled_change_has_its_moment",
            ),
        )

    def __str__(self) -> str:
        return str(self.commitment)
