"""What leaves the site: paragraphs in every language, and which of them a comment is about."""

import csv
import io
import json

import pytest

from consultations.exports.services import export
from consultations.models import ConsultationPage
from consultations.open_data.published import pieces_of
from partnership.people.copies import everything_about
from tests.factories.consultations import make_consultation
from tests.factories.drafts import comment_on, make_draft, next_version, paragraph, write_draft

pytestmark = pytest.mark.django_db


def table(consultation, name):
    data = b"".join(export(consultation, file_format="csv", tables=[name]).pieces)
    keys, _english, _spanish, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    return [dict(zip(keys, row, strict=True)) for row in rows]


@pytest.mark.both
def test_paragraphs_of_every_version_are_a_table_that_comments_point_to(site_tree):
    draft = make_draft("Dogs on a lead.", "Music until ten.")
    comment_on(paragraph(draft, 2), alignment=1)
    next_version(draft, {"place": 2, "is_dropped": True, "became": "Too strict."})
    write_draft("Nobody sees it.", consultation=draft.consultation)

    rows = table(draft.consultation, "paragraphs")
    (said,) = table(draft.consultation, "comments")

    assert [row["paragraph"] for row in rows] == ["1/1/1", "1/1/2", "1/2/1", ""]
    assert (rows[0]["text_en"], rows[3]["became_es"]) == ("Dogs on a lead.", "Too strict.")
    assert rows[1]["identifier"] == rows[3]["identifier"]
    assert (said["paragraph"], said["stance"]) == ("1/1/2", "for")


def test_everything_holds_the_table_where_there_is_a_draft_text_and_only_there(site_tree):
    draft = make_draft()

    names = [
        list(json.loads(b"".join(export(each, file_format="json").pieces))["tables"])
        for each in (draft.consultation, make_consultation(title="Another", slug="another"))
    ]

    assert ["paragraphs" in each for each in names] == [True, False]


def test_open_data_holds_what_followed_after_the_close(site_tree):
    draft = make_draft("One.")
    next_version(draft, {"place": 1, "text": "Two."})
    consultation = ConsultationPage.objects.get()
    consultation.closes_at = consultation.opens_at.replace(microsecond=1)

    rows = json.loads(b"".join(pieces_of(consultation, "json")))["tables"]["paragraphs"]

    assert "Two." in json.dumps(rows)


def test_the_copy_of_ones_own_data_says_which_paragraph_it_was(site_tree):
    said = comment_on(paragraph(make_draft("One.")))

    assert "§ 1" in str(everything_about(said.participant))
