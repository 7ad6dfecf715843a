"""Keep every rating of a risk, so that readers see how it moved."""

from django.db import transaction
from django.utils import timezone

from consultations.risks.models import Risk, RiskRating
from partnership.pages.languages import field_names
from partnership.pages.two_hands.locking import lock
from partnership.serving import public_changed

#: What a rating follows from.
CAUSES = ("observation", "lesson")
LEVELS = ("likelihood", "impact", "residual_likelihood", "residual_impact")


@transaction.atomic
def keep_rating(risk: Risk) -> RiskRating:
    """Note how the risk is rated from today on, and return it; the risk is locked.

    A rating with other numbers is a new one. With the same numbers its reason was worded
    better: the latest one takes these words, and what it follows from.
    """
    lock(Risk, risk.pk)
    names = (*field_names("reason"), *CAUSES)
    reason = {name: getattr(risk, name) for name in names}
    latest = risk.ratings.first()
    if latest is None or latest.levels != risk.levels:
        levels = dict(zip(LEVELS, risk.levels, strict=True))
        latest = RiskRating.objects.create(
            risk=risk, rated_on=timezone.localdate(), **levels, **reason
        )
    else:
        RiskRating.objects.filter(pk=latest.pk).update(**reason)
    public_changed()
    return latest
