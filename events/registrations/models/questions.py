"""What an event asks whoever signs up."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from events.registrations.enums import QuestionType
from partnership.pages.panels import side_by_side

#: Without letters that make words.
IDENTIFIER_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_identifier() -> str:
    """Return a name for a question or an option: made once, never given a second time."""
    return "".join(secrets.choice(IDENTIFIER_ALPHABET) for _position in range(8))


class SignUpQuestion(ClusterableModel, Orderable):
    """One question; answers are kept under its identifier, whatever becomes of its wording."""

    event = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="sign_up_questions"
    )
    identifier = models.CharField(
        _("identifier"), max_length=20, default=new_identifier, editable=False
    )
    type = models.CharField(
        _("kind of answer"), max_length=20, choices=QuestionType, default=QuestionType.TEXT
    )
    text = models.CharField(_("question"), max_length=200, blank=True)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)

    publish_required = ("text",)
    panels = (
        FieldRowPanel(("type", "required")),
        side_by_side("text", heading=_("question")),
        side_by_side("help_text", heading=_("explanation")),
        InlinePanel("options", heading=_("Options"), label=_("Option")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("sign-up question")
        verbose_name_plural = _("sign-up questions")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "identifier"), name="sign_up_question_identifier_once"
            ),
        )

    def __str__(self) -> str:
        return self.text or self.identifier

    @property
    def is_choice(self) -> bool:
        """Whether it is answered by picking options."""
        return self.type in {QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE}


class SignUpOption(Orderable):
    """One option of a question; answers keep its identifier, never its wording."""

    question = ParentalKey(SignUpQuestion, on_delete=models.CASCADE, related_name="options")
    identifier = models.CharField(
        _("identifier"), max_length=20, default=new_identifier, editable=False
    )
    label = models.CharField(_("option"), max_length=120, blank=True)

    publish_required = ("label",)
    panels = (side_by_side("label", heading=_("option")),)

    class Meta(Orderable.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "identifier"), name="sign_up_option_identifier_once"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.identifier
