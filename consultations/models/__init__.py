"""What is asked, what was answered, and who may see it."""

from consultations.models.admissions import Admission
from consultations.models.contributions import Contribution
from consultations.models.conversation import EarlierWording, Report, Support
from consultations.models.pages import ConsultationIndexPage, ConsultationPage
from consultations.models.phases import Phase
from consultations.models.questions import Question, QuestionOption
from consultations.models.responses import Answer, AnsweredMark, Draft, Response
from consultations.models.spent_addresses import SpentAddress
from consultations.models.statements import (
    PersonTakingPart,
    Statement,
    StatementTally,
    Turn,
    Vote,
)

__all__ = (
    "Admission",
    "Answer",
    "AnsweredMark",
    "ConsultationIndexPage",
    "ConsultationPage",
    "Contribution",
    "Draft",
    "EarlierWording",
    "PersonTakingPart",
    "Phase",
    "Question",
    "QuestionOption",
    "Report",
    "Response",
    "SpentAddress",
    "Statement",
    "StatementTally",
    "Support",
    "Turn",
    "Vote",
)
