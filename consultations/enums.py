"""Fixed choices about consultations; the words are those of the town hall."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.publication import PublicationStatus as PublicationStatus


class ConsultationState(models.TextChoices):
    """Where a consultation stands; only the last two are ever stored."""

    FORTHCOMING = "forthcoming", pgettext_lazy("consultation", "Opens soon")
    OPEN = "open", pgettext_lazy("consultation", "Open")
    CLOSED = "closed", pgettext_lazy("consultation", "Closed")
    ANALYSING = "analysing", pgettext_lazy("consultation", "Being read")
    ANSWERED = "answered", pgettext_lazy("consultation", "Answered")

    @classmethod
    def stored(cls) -> list[tuple[str, Any]]:
        """The states that no clock can tell."""
        return [
            (value, label) for value, label in cls.choices if value in {"analysing", "answered"}
        ]


class PhaseKind(models.TextChoices):
    """What a step of a consultation is for."""

    INFORM = "inform", pgettext_lazy("phase", "Inform")
    COLLECT = "collect", pgettext_lazy("phase", "Ask")
    DISCUSS = "discuss", pgettext_lazy("phase", "Listen")
    VOTE = "vote", pgettext_lazy("phase", "Vote")
    DECIDE = "decide", pgettext_lazy("phase", "Decide")
    ANSWER = "answer", pgettext_lazy("phase", "Report")


class Act(models.TextChoices):
    """What a phase may allow, any of them together."""

    ANSWER = "answer", _("answer the questions")
    PROPOSE = "propose", _("propose statements")
    COMMENT = "comment", _("write comments")
    VOTE = "vote", _("vote on statements")


class Participation(models.TextChoices):
    """Who may take part."""

    NONE = "none", _("nobody, for information only")
    OPEN = "open", _("everybody, without an account too")
    REGISTERED = "registered", _("residents with an account")
    VERIFIED = "verified", _("people with a code from their city")


class QuestionType(models.TextChoices):
    """How a question is answered."""

    SINGLE_CHOICE = "single_choice", _("one of several options")
    MULTIPLE_CHOICE = "multiple_choice", _("any of several options")
    SCALE = "scale", _("a point on a scale")
    LONG_TEXT = "long_text", _("a text")
    SHORT_TEXT = "short_text", _("a few words")
    RANKING = "ranking", _("options put in order")
    NUMBER = "number", _("a number")
    DATE = "date", _("a day")
    LOCATION = "location", _("a place")
    BUDGET = "budget", _("a sum divided among projects")


#: Kinds that need options: to pick from, or to put in order.
WITH_OPTIONS = (
    QuestionType.SINGLE_CHOICE,
    QuestionType.MULTIPLE_CHOICE,
    QuestionType.RANKING,
    QuestionType.LOCATION,
    QuestionType.BUDGET,
)
#: Kinds whose options say everything there is to say: nobody adds words of their own.
WITHOUT_OTHER = (QuestionType.RANKING, QuestionType.BUDGET)
#: The choice of an editor who asks a question without a condition.
OF_EVERYBODY = ("", _("of everybody"))
#: Kinds answered in one's own words only.
TEXTS = (QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT)


class VoteChoice(models.TextChoices):
    """What somebody says to a statement; the three weigh the same."""

    AGREE = "agree", _("Agree")
    DISAGREE = "disagree", _("Disagree")
    PASS = "pass", _("Not sure")


class ContributionKind(models.TextChoices):
    """What a free contribution is."""

    IDEA = "idea", _("idea")
    COMMENT = "comment", _("comment")


class Channel(models.TextChoices):
    """The way in which something came to us."""

    WEB = "web", _("on this site")
    SESSION = "session", _("in a session")
    PAPER = "paper", _("on paper")


class Moderation(models.TextChoices):
    """When a moderator reads what residents write."""

    BEFORE = "before", _("before it is shown")
    AFTER = "after", _("after it is shown; what holds a link waits all the same")


class Alignment(models.IntegerChoices):
    """Where a comment on a statement stands."""

    FOR = 1, _("For it")
    NEUTRAL = 0, _("Neither")
    AGAINST = -1, _("Against it")


class ReportReason(models.TextChoices):
    """What a reader says is wrong with a comment."""

    SPAM = "spam", _("It is advertising")
    OFFENSIVE = "offensive", _("It hurts or threatens somebody")
    DOES_NOT_BELONG = "does_not_belong", _("It does not belong here")
    PERSONAL_DATA = "personal_data", _("It tells something private about somebody")


class Order(models.TextChoices):
    """How a conversation can be read."""

    NEWEST = "newest", pgettext_lazy("order of comments", "Newest")
    OLDEST = "oldest", pgettext_lazy("order of comments", "Oldest")
    SUPPORTED = "supported", pgettext_lazy("order of comments", "Most supported")
    DISCUSSED = "discussed", pgettext_lazy("order of comments", "Most discussed")


class Back(models.TextChoices):
    """Where a reader pressed a button at a comment; in addresses, never shown."""

    CONVERSATION = ""
    THREAD = "thread"
    DRAFT = "draft"
    PARAGRAPH = "paragraph"
    STATEMENT = "statement"
    BOARD = "board"
