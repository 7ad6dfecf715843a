"""Fixed choices about exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Profile(models.TextChoices):
    """For whom an export is."""

    PUBLIC = "public", _("Public: nothing personal")
    STAFF = "staff", _("Staff: with names and e-mail addresses")


class Format(models.TextChoices):
    """How an export is written."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
    JSON = "json", _("JSON")
    PACKAGE = "package", _("Data package (CSV with codebook, schema and checksums)")


class TableName(models.TextChoices):
    """What an export can hold; the last one joins what people said in their own words."""

    ANSWERS = "answers", _("Answers to the questions")
    QUESTIONS = "questions", _("Questions and their options")
    STATEMENTS = "statements", _("Statements and their totals")
    COMMENTS = "comments", _("Comments")
    RESULTS = "results", _("Results by question and city")
    PARAGRAPHS = "paragraphs", _("Paragraphs of draft texts")
    WORDS = "words", _("Comments and written answers together")


class JobState(models.TextChoices):
    """How far an export in the background is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being made")
    READY = "ready", _("ready to be fetched")
    FETCHED = "fetched", _("fetched")
    EXPIRED = "expired", _("not fetched in time")
    FAILED = "failed", _("could not be made")


class Figures(models.TextChoices):
    """Whether figures are told, and why not."""

    SHOWN = "shown", _("shown")
    MASKED = "under_5", _("kept back: fewer than 5 people")
    WITH_A_SMALL_GROUP = "with_a_small_group", _("kept back: would give a small group away")
    KEPT_BACK = "kept_back", _("kept back: fewer than 5 people, or it would give those away")
    NOT_YET = "after_the_close", _("kept back until the consultation closes")
    NOT_FINAL = "with_final_results", _("to come with the final results")


class Measure(models.TextChoices):
    """What a line of the results says."""

    OPTION = "option", _("people who chose it")
    MEDIAN = "median", _("median")
    MEAN = "mean", _("mean")
    PLACE = "place", _("mean place in the ranking")
    TEXTS = "texts", _("texts")
    SCORE = "score", _("share that every city reaches for certain, from 0 to 1")
    PAID_FOR = "paid_for", _("1 if the sum pays for the project, 0 if not")
    TOGETHER = "together", _("cost with the projects that are paid for before it")
