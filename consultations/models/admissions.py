"""Who was let into a consultation by a code from their city."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.pages import ConsultationPage
from consultations.querysets import AdmissionQuerySet
from partnership.cities.models import City
from partnership.people.models import Participant


class Admission(models.Model):
    """Somebody used a code of a city: in this consultation they count for that city.

    Which code it was is written nowhere.
    """

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.PROTECT, related_name="admissions"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="admissions"
    )
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")

    objects = AdmissionQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each person let in

    class Meta:
        verbose_name = _("admission by code")
        verbose_name_plural = _("admissions by code")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "participant"), name="admitted_once"),
        )

    def __str__(self) -> str:
        return f"{self.consultation}, {self.city}"
