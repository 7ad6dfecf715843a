"""What is asked, what was answered, and who may see it."""

from consultations.models.contributions import Contribution
from consultations.models.conversation import EarlierWording, Report, Support
from consultations.models.pages import ConsultationIndexPage, ConsultationPage, Phase
from consultations.models.questions import Answer, Question, QuestionOption, Response
from consultations.models.statements import (
    PersonTakingPart,
    Statement,
    StatementTally,
    Turn,
    Vote,
)

__all__ = (
    "Answer",
    "ConsultationIndexPage",
    "ConsultationPage",
    "Contribution",
    "EarlierWording",
    "PersonTakingPart",
    "Phase",
    "Question",
    "QuestionOption",
    "Report",
    "Response",
    "Statement",
    "StatementTally",
    "Support",
    "Turn",
    "Vote",
)
