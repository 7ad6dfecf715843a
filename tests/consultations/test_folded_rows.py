"""The long form of a consultation: rows are folded up, and what has to be mended is in sight."""

import re

import pytest
from django.urls import reverse

from tests.consultations.test_editing import ONE_PHASE, admin, form, phase, send
from tests.factories.consultations import in_every_language, make_consultation, make_question

pytestmark = pytest.mark.django_db
FOLDED = re.compile(r'<section class="w-panel ([^"]*)"[^>]*id="panel-child-content-(\w+)-section"')
ROW = re.compile(r'<div class="w-panel( collapsed)?" id="inline_child_questions-0-panel-section"')
HEADING = re.compile(r"<span data-panel-heading-text>([^<]*)</span>")


def folded(page):
    """The rows that are folded up, by their names."""
    return {name for classes, name in FOLDED.findall(page) if "collapsed" in classes.split()}


def test_phases_and_questions_are_folded_up_and_a_question_under_its_own_words(site_tree):
    consultation = make_consultation()
    words = in_every_language("text", "Where is it <dangerous>?")
    make_question(consultation, "long_text", **words)
    address = reverse("wagtailadmin_pages:edit", args=(consultation.pk,))

    page = admin().get(address).content.decode()

    assert {"phases", "questions"} <= folded(page)
    assert ROW.search(page).group(1)
    assert "<span>: Where is it &lt;dangerous&gt;?</span>" in page


def test_a_heading_says_how_many_rows_are_folded_up_under_it(site_tree):
    consultation = make_consultation()
    make_question(consultation, "long_text")
    make_question(consultation, "long_text")
    address = reverse("wagtailadmin_pages:edit", args=(consultation.pk,))

    headings = HEADING.findall(admin().get(address).content.decode())

    assert "Questions (2)" in headings
    assert not any("(0)" in heading for heading in headings)


@pytest.mark.parametrize(
    "mistake",
    [
        phase("2027-05-30 09:00", "2027-05-01 09:00"),  # of no field: a rule of the table
        phase("", "2027-05-01 09:00"),
    ],
)
def test_rows_with_something_to_mend_are_not_folded_up(site_tree, mistake):
    status, page = send(make_consultation(), phases=[mistake])

    assert status == 200
    assert "phases" not in folded(page)
    assert "questions" in folded(page)


def test_a_question_to_mend_is_not_folded_up_either(site_tree):
    consultation = make_consultation()
    make_question(consultation, "long_text")
    values = form(consultation, phases=[ONE_PHASE])
    key = consultation.questions.get().pk
    for name, value in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 1), ("0-id", key), ("0-type", "")):
        values[f"questions-{name}"] = value

    address = reverse("wagtailadmin_pages:edit", args=(consultation.pk,))
    page = admin().post(address, values).content.decode()

    assert "questions" not in folded(page)
    assert ROW.search(page).group(1) is None
