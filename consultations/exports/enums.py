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


class TableName(models.TextChoices):
    """What an export can hold; the last one joins what people said in their own words."""

    ANSWERS = "answers", _("Answers to the questions")
    QUESTIONS = "questions", _("Questions and their options")
    STATEMENTS = "statements", _("Statements and their totals")
    COMMENTS = "comments", _("Comments")
    WORDS = "words", _("Comments and written answers together")
