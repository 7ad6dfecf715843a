"""What an analyst sees first: where there are texts to read, and how many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.analysis.models import CodedText
from consultations.analysis.texts import Texts, View
from partnership.pages.groups import ANALYSTS, EDITORS, MODERATORS
from tests.analysis.test_screens import somebody
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, make_consultation

pytestmark = pytest.mark.django_db
FIRST = "/admin/"


def panel_of(client) -> str:
    page = client.get(FIRST).content.decode()
    start = page.find('id="texts-to-read')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


@pytest.fixture
def analyst(client, site_tree):
    found = somebody(ANALYSTS, city_pair()[0])
    client.force_login(found)
    return found


def read(consultation, by) -> None:
    texts = Texts(consultation, View(), coder=by)
    for text in texts[0:100]:
        CodedText.objects.create(consultation=consultation, coder=by, **text.target)


def test_texts_to_read_are_counted_by_consultation_and_lead_to_the_next_one(client, analyst):
    first, second = make_consultation(title="Benches"), make_consultation(title="Bridges")
    ContributionFactory.create_batch(2, consultation=first)
    ContributionFactory(consultation=second)

    panel = panel_of(client)

    assert "2 texts you have not read" in panel
    assert "1 text you have not read" in panel
    assert f'{reverse("analysis_code", args=(first.pk,))}?reading=unread"' in panel
    assert "Benches" in panel
    assert "Bridges" in panel


def test_what_somebody_else_has_read_is_still_to_be_read(client, analyst):
    consultation = make_consultation()
    ContributionFactory(consultation=consultation)
    read(consultation, somebody(ANALYSTS, city_pair()[1]))
    before = panel_of(client)

    read(consultation, analyst)

    assert "1 text you have not read" in before
    assert "You have read everything there is." in panel_of(client)


def test_editors_see_it_while_there_is_something_and_moderators_never(client, site_tree):
    editor, moderator = (somebody(group, city_pair()[0]) for group in (EDITORS, MODERATORS))
    client.force_login(editor)
    nothing = panel_of(client)
    ContributionFactory(consultation=make_consultation())
    something = panel_of(client)
    client.force_login(moderator)

    assert nothing == ""
    assert "1 text you have not read" in something
    assert panel_of(client) == ""


def test_the_list_of_themes_tells_it_too_and_many_cost_what_one_costs(client, analyst):
    address, costs = reverse("analysis"), []
    client.get(address)
    for number in (1, 4):
        for _each in range(number):
            ContributionFactory(consultation=make_consultation())
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        costs.append(len(asked))

    assert page.count("1 text you have not read") == 5
    assert costs[0] == costs[1]
