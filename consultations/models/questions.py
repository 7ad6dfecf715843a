"""Questions, and what people answered."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.forms import Select
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from consultations.enums import OF_EVERYBODY, TEXTS, WITH_OPTIONS, WITHOUT_OTHER, QuestionType
from consultations.models.pages import ConsultationPage
from partnership.cities.models import City, Neighbourhood, is_currency
from partnership.pages.choices_once import once
from partnership.pages.panels import side_by_side

LONGEST_SCALE = 10
#: Between a question and the answer that leads from it to another: mode=car.
IS = "="
#: The answers there are to choose from are filled in by the page's form.
ASKED_OF = Select(choices=(OF_EVERYBODY,))
#: What is stored for an answer that is none of the options; no option is called so.
OTHER, POINT = "other", "point"
LONGEST_WORDS = 200
#: The largest sum and the dearest project, in whole units of any money.
MOST_MONEY = 1_000_000_000_000
#: Classes of what only some kinds have; css/admin/languages.css hides it from the others.
OF_A_SUM, OF_A_SCALE, OF_A_NUMBER = "of-a-sum", "of-a-scale", "of-a-number"
OF_A_PLACE, OF_A_CHOICE, OF_OPTIONS = "of-a-place", "of-a-choice", "of-options"


#: Names of what a form asks besides its questions.
RESERVED = (OTHER, POINT, "name", "email", "city", "sheet", "later")
is_identifier = RegexValidator(
    rf"\A(?!(?:{'|'.join(RESERVED)})\Z)[a-z][a-z0-9-]*\Z",
    _("Small letters from a to z, digits and hyphens, a letter first, and no name of the form."),
)


def currencies() -> Iterator[tuple[str, str]]:
    """What a sum can be in: the money of each city, and nothing for what is no sum."""
    yield "", "–"
    known = City.objects.order_by("position").values_list("currency", flat=True)
    found = once(currencies, lambda: list(dict.fromkeys(known)))
    yield from ((currency, currency) for currency in found)


def free_identifier(prefix: str, taken: set[str]) -> str:
    """The next identifier nobody has: q1, q2, q3 ..."""
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


class Question(ClusterableModel, Orderable):
    """One question; its identifier is made once and stays, whatever becomes of its wording."""

    consultation = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="questions")
    type = models.CharField(_("kind of answer"), max_length=20, choices=QuestionType)
    identifier = models.CharField(
        _("identifier"),
        max_length=20,
        blank=True,
        validators=(is_identifier,),
        help_text=_("Files and forms on paper name the question by it. Empty: made by itself."),
    )
    section = models.CharField(
        _("heading above it"),
        max_length=120,
        blank=True,
        help_text=_("Begins a new part of the form. Empty: it belongs to the part above."),
    )
    shown_if = models.CharField(
        _("asked"),
        max_length=41,
        blank=True,
        help_text=_("Only of those who gave this answer before. New answers: save the page first."),
    )
    text = models.CharField(_("question"), max_length=300, blank=True)
    help_text = models.TextField(_("explanation"), blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    scale_min = models.PositiveSmallIntegerField(
        _("scale from"), default=1, validators=(MaxValueValidator(1),)
    )
    scale_max = models.PositiveSmallIntegerField(
        _("scale to"), default=5, validators=(MaxValueValidator(LONGEST_SCALE),)
    )
    scale_min_label = models.CharField(_("lowest point means"), max_length=60, blank=True)
    scale_max_label = models.CharField(_("highest point means"), max_length=60, blank=True)
    allows_other = models.BooleanField(
        _("or something else, in one's own words"),
        default=False,
        help_text=_("For options to choose from and for places."),
    )
    number_min = models.DecimalField(
        _("smallest number"), max_digits=11, decimal_places=2, null=True, blank=True
    )
    number_max = models.DecimalField(
        _("largest number"), max_digits=11, decimal_places=2, null=True, blank=True
    )
    number_unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("Of a number, for example “minutes”.")
    )
    asks_point = models.BooleanField(
        _("also a point on the map"),
        default=False,
        help_text=_("For places, typed as latitude and longitude; shown to staff only."),
    )
    budget = models.PositiveBigIntegerField(
        _("sum to divide"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_MONEY)),
        help_text=_("In whole units. Each option is a project, and says what it costs."),
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=(is_currency,))
    fewest_projects = models.PositiveSmallIntegerField(
        _("projects at the least"), null=True, blank=True, help_text=_("Empty: any number.")
    )
    exchange_rate = models.DecimalField(
        _("exchange rate"),
        max_digits=12,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_(
            "How much one unit is in the money of the first city in the list of cities that has"
            " another. Empty: no other amount."
        ),
    )
    rate_currency = models.CharField(max_length=3, blank=True, editable=False)
    rate_on = models.DateField(_("day of the rate"), null=True, blank=True)

    publish_required = ("text",)
    panels = (
        side_by_side("section"),
        FieldRowPanel(("type", "required")),
        FieldRowPanel(
            (FieldPanel("shown_if", widget=Select(choices=(OF_EVERYBODY,))), "identifier")
        ),
        side_by_side("text"),
        side_by_side("help_text"),
        InlinePanel("options", heading=_("Options"), label=_("Option"), classname=OF_OPTIONS),
        FieldRowPanel(
            (
                FieldPanel("allows_other", classname=OF_A_CHOICE),
                FieldPanel("asks_point", classname=OF_A_PLACE),
            )
        ),
        FieldRowPanel([FieldPanel(f"scale_{end}", classname=OF_A_SCALE) for end in ("min", "max")]),
        side_by_side("scale_min_label", classname=OF_A_SCALE),
        side_by_side("scale_max_label", classname=OF_A_SCALE),
        FieldRowPanel(
            [FieldPanel(f"number_{end}", classname=OF_A_NUMBER) for end in ("min", "max")]
        ),
        side_by_side("number_unit", classname=OF_A_NUMBER),
        MultiFieldPanel(
            (
                FieldRowPanel(
                    (
                        "budget",
                        FieldPanel(
                            "currency", widget=Select(choices=CallableChoiceIterator(currencies))
                        ),
                        "fewest_projects",
                    )
                ),
                FieldRowPanel(("exchange_rate", "rate_on")),
            ),
            heading=_("A sum to divide among projects"),
            classname=OF_A_SUM,
        ),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "identifier"),
                condition=~Q(identifier=""),  # until it is saved, several have none yet
                name="question_identifier_once",
            ),
            models.CheckConstraint(
                condition=Q(scale_max__gt=models.F("scale_min")),
                name="question_scale_has_two_ends",
                violation_error_message=_("A scale ends above where it starts."),
            ),
            models.CheckConstraint(
                condition=Q(number_max__gte=models.F("number_min")),
                name="question_number_has_room",
                violation_error_message=_("The largest number is not below the smallest."),
            ),
            models.CheckConstraint(
                condition=~Q(type=QuestionType.BUDGET)
                | Q(budget__isnull=False, budget__gt=0) & ~Q(currency=""),
                name="question_budget_has_a_sum",
                violation_error_message=_("Say what sum is divided, and in which money."),
            ),
            models.CheckConstraint(
                condition=Q(exchange_rate=None, rate_on=None)
                | Q(exchange_rate__isnull=False, exchange_rate__gt=0, rate_on__isnull=False),
                name="question_rate_has_its_day",
                violation_error_message=_("A rate needs its day, and a day its rate."),
            ),
        )

    def __str__(self) -> str:
        return self.text or self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.identifier:
            others = Question.objects.filter(consultation_id=self.consultation_id)
            taken = set(others.values_list("identifier", flat=True))
            self.identifier = free_identifier("q", taken)
        super().save(*args, **kwargs)

    @property
    def anchor(self) -> str:
        """Where links to this question lead on the consultation's page."""
        return f"question-{self.identifier}"

    @property
    def condition(self) -> tuple[str, str] | None:
        """The question and the answer to it that lead here; None for one that all are asked."""
        asked, _is, answer = self.shown_if.partition(IS)
        return (asked, answer) if asked else None

    @property
    def is_choice(self) -> bool:
        """Whether it is answered by picking options."""
        return self.type in {QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE}

    @property
    def has_options(self) -> bool:
        """Whether it needs options: to pick one, several, or to put them in order."""
        return self.type in WITH_OPTIONS

    @property
    def takes_other(self) -> bool:
        """Whether people may answer it with words of their own beside the options."""
        return self.allows_other and self.has_options and self.type not in WITHOUT_OTHER

    @property
    def takes_point(self) -> bool:
        """Whether people may answer it with a point on the map."""
        return self.asks_point and self.type == QuestionType.LOCATION

    @property
    def is_budget(self) -> bool:
        """Whether it is answered by dividing a sum among projects."""
        return self.type == QuestionType.BUDGET

    def in_other_money(self, amount: int) -> int | None:
        """The amount in the other city's money, half up to the unit; None without a rate."""
        if self.exchange_rate is None or not self.rate_currency:
            return None
        return int((amount * self.exchange_rate).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def is_text(self) -> bool:
        """Whether it is answered in one's own words only."""
        return self.type in TEXTS

    @property
    def number_bounds(self) -> tuple[str, str]:
        """The smallest and the largest number, or the ends of the scale; empty for none."""
        if self.type == QuestionType.SCALE:
            return str(self.scale_min), str(self.scale_max)
        ends = (self.number_min, self.number_max)
        low, high = ("" if end is None else f"{end.normalize():f}" for end in ends)
        return (low, high) if self.type == QuestionType.NUMBER else ("", "")

    @property
    def scale_points(self) -> range:
        """The points of the scale, from the lowest to the highest."""
        return range(self.scale_min, self.scale_max + 1)


class QuestionOption(Orderable):
    """One option of a question; answers keep its identifier, never its wording."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    identifier = models.CharField(
        _("identifier"),
        max_length=20,
        blank=True,
        validators=(is_identifier,),
        help_text=_("Empty: made by itself. Stays once somebody has answered."),
    )
    label = models.CharField(_("option"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=600, blank=True)
    cost = models.PositiveBigIntegerField(
        _("cost"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_MONEY)),
        help_text=_("In whole units of the money the sum is in."),
    )
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where it happens; none means in every city."),
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    publish_required = ("label",)
    panels = (
        side_by_side("label"),
        "identifier",
        MultiFieldPanel(
            (
                FieldRowPanel(("cost", "city", "neighbourhood")),
                side_by_side("description"),
            ),
            heading=_("If it is a project of a sum to divide"),
            classname=OF_A_SUM,
        ),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "identifier"),
                condition=~Q(identifier=""),
                name="option_identifier_once",
            ),
            models.CheckConstraint(
                condition=~Q(identifier__in=(OTHER, POINT)), name="option_identifier_is_free"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.identifier:
            others = QuestionOption.objects.filter(question_id=self.question_id)
            taken = set(others.values_list("identifier", flat=True))
            self.identifier = free_identifier("o", taken)
        super().save(*args, **kwargs)
