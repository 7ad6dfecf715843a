"""What people said in their own words: comments, for staff together with written answers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.enums import Alignment, Channel, ContributionKind
from consultations.exports.answers import text_answers
from consultations.exports.enums import TableName
from consultations.exports.paragraphs import code_of_paragraph
from consultations.exports.partners import name_of, partner_column
from consultations.exports.scope import Scope, channel_column, in_own_words, status_column
from consultations.exports.translated import (
    translation_cells,
    translation_columns,
    translation_fields,
    with_translations,
)
from consultations.models import Contribution
from consultations.querysets import ContributionQuerySet
from partnership.cities.models import Neighbourhood
from partnership.tables.columns import AT_A_TIME, Column, Row, Table

READ = (
    "pk",
    "kind",
    "parent_id",
    "statement__number",
    "board__event__slug",
    "board__number",
    "paragraph__draft__number",
    "paragraph__draft__version",
    "paragraph__number",
    "city_id",
    "event__slug",
    "language_code",
    "created_at",
    "text",
    "alignment",
    "neighbourhood__code",
    "title",
    "latitude",
    "longitude",
    "partner_id",
)
#: Where the two numbers of a place begin.
PLACE = READ.index("latitude")
#: Keys that never change, by what is stored.
STANCES = {Alignment.FOR: "for", Alignment.NEUTRAL: "neutral", Alignment.AGAINST: "against"}
#: Where the words of somebody who answered a question were said.
ANSWER = "answer"
MODERATION = ("publication_status", "moderation_reason")


def comments_table(scope: Scope) -> Table:
    """One row per comment; the public gets the published ones only."""
    moderation = (status_column(), Column("reason", _("reason")))
    columns = (
        Column("key", _("row")),
        Column("kind", _("kind"), values=tuple(ContributionKind.choices)),
        Column("reply_to", _("reply to")),
        Column("statement", _("statement number"), "integer"),
        Column("board", _("board")),
        Column("paragraph", _("paragraph")),
        scope.city_column,
        channel_column(),
        Column("session", _("session")),
        Column("language", _("language")),
        scope.when_column,
        _neighbourhood_column(_told(scope)),
        Column("title", _("title (the first line of the text)")),
        Column("lat", _("place on the map: degrees north"), "number"),
        Column("lon", _("place on the map: degrees east"), "number"),
        Column("text", _("text")),
        *translation_columns(),
        Column("stance", _("stance"), values=_stances()),
        partner_column(_told(scope)),
        *(() if scope.is_public else moderation),
        *scope.person_columns,
    )
    return Table(TableName.COMMENTS.value, columns, lambda: _comments(scope))


def _neighbourhood_column(rows: Any) -> Column:
    """The codes of the neighbourhoods these comments are about, each with its name; one query."""
    told = rows.exclude(neighbourhood=None).order_by().values("neighbourhood")
    found = Neighbourhood.objects.filter(pk__in=told)
    values = tuple((each.code, in_own_words(each)) for each in found)
    return Column("neighbourhood", _("neighbourhood"), values=values)


def _sources() -> tuple[tuple[str, Any], ...]:
    return (*ContributionKind.choices, (ANSWER, _("in answer to a question")))


def _stances() -> tuple[tuple[str, Any], ...]:
    return tuple((key, stance.label) for stance, key in STANCES.items())


def _comments(scope: Scope) -> Iterator[Row]:
    moderation = () if scope.is_public else MODERATION
    fields = (*READ, *translation_fields(), *moderation, *scope.author_fields())
    for (
        pk,
        kind,
        parent_id,
        *about,
        session,
        language,
        at,
        text,
        stance,
        part,
        title,
        place,
        partner_id,
        rest,
    ) in _read(scope, fields):
        city_id = about.pop()
        translations, moderated, author = _apart(rest, len(moderation))
        yield (
            scope.key("comment", pk),
            kind,
            scope.key("comment", parent_id),
            *_about(*about),
            scope.city(city_id),
            *_channel(session),
            language,
            scope.when(at),
            part or "",
            title,
            *_place(*place),
            text,
            *translation_cells(language, text, translations),
            _stance(stance, *about),
            name_of(partner_id),
            *moderated,
            *scope.author(author),
        )


def _told(scope: Scope) -> ContributionQuerySet:
    """The comments that this profile gets."""
    comments = Contribution.objects.filter(consultation=scope.consultation)
    comments = scope.until(comments, "created_at")
    return comments.readable() if scope.is_public else comments


def _read(scope: Scope, fields: tuple[str, ...]) -> Iterator[Row]:
    comments = with_translations(_told(scope))
    rows = comments.order_by("pk").values_list(*fields).iterator(AT_A_TIME)
    return (
        (*row[:PLACE], row[PLACE : PLACE + 2], *row[PLACE + 2 : len(READ)], row[len(READ) :])
        for row in rows
    )


def _apart(rest: Row, moderated: int) -> tuple[Row, Row, Row]:
    """What was read beside the comments: their translations, moderation and authors."""
    translated = len(translation_fields())
    told = translated + moderated
    return rest[:translated], rest[translated:told], rest[told:]


def _place(*degrees: Decimal | None) -> Row:
    """Where an idea is about, as readers see it."""
    return tuple(None if each is None else float(each) for each in degrees)


def _about(statement: int | None, event: str | None, board: int | None, *paragraph: Any) -> Row:
    """The number of the statement it is about; boards and paragraphs as their addresses end.

    These are event/2, and text/version/number.
    """
    return statement, f"{event}/{board}" if board else "", code_of_paragraph(*paragraph)


def _stance(alignment: int, statement: int | None, event: str | None, *about: int | None) -> str:
    """Where it stands; empty where there is nothing to stand for or against."""
    return STANCES[Alignment(alignment)] if statement or any(about) else ""


def _channel(session: str | None) -> Row:
    """How it came in, and the last part of the address of the session it comes from."""
    return (Channel.SESSION.value, session) if session else (Channel.WEB.value, "")


def words_table(scope: Scope) -> Table:
    """Comments, and for staff written answers, one row each: what there is to read."""
    columns = (
        Column("key", _("row")),
        Column("source", _("where it was said"), values=_sources()),
        Column("question", _("question")),
        Column("reply_to", _("reply to")),
        scope.city_column,
        channel_column(),
        Column("session", _("session")),
        Column("language", _("language")),
        scope.when_column,
        Column("text", _("text")),
        *translation_columns(),
        *scope.person_columns,
    )
    return Table(TableName.WORDS.value, columns, lambda: _words(scope))


def _words(scope: Scope) -> Iterator[Row]:
    fields = (*READ, *translation_fields(), *scope.author_fields())
    translated = len(translation_fields())
    for (
        pk,
        kind,
        parent_id,
        *about,
        session,
        language,
        at,
        text,
        _stance,
        _part,
        _title,
        _place,
        _partner_id,
        rest,
    ) in _read(scope, fields):
        city_id = about.pop()
        reply_to = scope.key("comment", parent_id)
        said = (scope.city(city_id), *_channel(session), language, scope.when(at), text)
        others = translation_cells(language, text, rest[:translated])
        person = scope.author(rest[translated:])
        yield scope.key("comment", pk), kind, "", reply_to, *said, *others, *person
    nobody_translates_answers = ("",) * len(translation_columns())
    for key, question, city, language, at, text, person in text_answers(scope):
        said = (city, *_channel(None), language, at, text)
        yield key, ANSWER, question, "", *said, *nobody_translates_answers, *person
