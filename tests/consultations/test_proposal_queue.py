"""The moderators' queue of proposed statements: translate, publish, hide, link, one by one."""

import pytest
from django.urls import reverse

from consultations.enums import PublicationStatus
from consultations.models import Statement
from partnership.pages.languages import CODES, DEFAULT, localized
from tests.consultations.test_moderation import folds, staff
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    in_every_language,
    make_consultation,
    make_participant,
)

pytestmark = pytest.mark.django_db

OTHER = localized("text", CODES[1])


def proposed(text="A bench on every corner.", **fields):
    fields.setdefault("participant", make_participant())
    return StatementFactory(
        publication_status=PublicationStatus.PENDING,
        **{localized("text", DEFAULT): text, **fields},
    )


def decide(client, statement, decision, **values):
    given = {"decision": decision, "seen": statement.publication_status, **values}
    address = reverse("proposal_decision", args=(statement.pk,))
    prefix = f"statement-{statement.pk}"
    return client.post(address, {f"{prefix}-{name}": value for name, value in given.items()})


def test_the_queue_shows_what_waits_in_the_moderators_consultations_only():
    alder, puerto = city_pair()
    proposed("Ours.", consultation=make_consultation(title="Own", cities=[alder]))
    proposed("Theirs.", consultation=make_consultation(title="Theirs", cities=[puerto]))

    client = staff("Moderators", alder)
    page = client.get(reverse("proposal_queue"), follow=True).content.decode()

    assert "Ours." in page
    assert "Theirs." not in page


def test_where_they_had_a_page_of_their_own_leads_to_their_place_in_the_one_queue():
    statement = proposed("A proposal.")
    ContributionFactory(text="A comment.", publication_status="pending")
    client = staff("Moderators")

    led = client.get(reverse("proposal_queue"))
    page = client.get(led.url).content.decode()
    refused = decide(client, statement, "hide").content.decode()

    assert led.url == f"{reverse('moderation_queue')}?kind=statement"
    assert ("A proposal." in page, "A comment." in page) == (True, False)
    assert "A comment." in refused  # what is refused is shown in the queue as it was


def test_the_queue_stays_within_its_queries(django_assert_max_num_queries):
    number = 3
    consultation = make_consultation()
    for place in range(number):
        proposed(f"Idea {place}.", consultation=consultation)
    client, address = staff("Moderators"), f"{reverse('moderation_queue')}?kind=statement"
    client.get(address)

    with django_assert_max_num_queries(19):
        page = client.get(address).content.decode()

    assert page.count('<section class="w-panel') == number


def test_a_proposal_is_published_with_its_translation():
    statement = proposed()

    decide(staff("Moderators"), statement, "publish", **{OTHER: "Un banco en cada esquina."})

    statement.refresh_from_db()
    assert statement.publication_status == "published"
    assert getattr(statement, OTHER) == "Un banco en cada esquina."


def test_without_its_translation_it_is_shown_again_with_the_field_named():
    response = decide(staff("Moderators"), proposed(), "publish", reason="Typed already.")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Write it in this language too: everybody votes on it." in page
    assert "Typed already." in page


def test_what_was_hidden_is_published_again_without_translating_it_again():
    proposed(**{OTHER: "Un banco en cada esquina."})
    Statement.objects.update(publication_status=PublicationStatus.HIDDEN)
    moderator = staff("Moderators")

    page = moderator.get(reverse("moderation_queue"), {"status": "hidden"})

    assert ">\nUn banco en cada esquina.</textarea>" in page.content.decode()


def test_a_proposal_is_linked_to_what_says_it():
    original = StatementFactory(**in_every_language("text", "Benches on every corner."))
    statement = proposed(consultation=original.consultation)
    client = staff("Moderators")

    page = client.get(reverse("proposal_queue"), follow=True).content.decode()
    decide(client, statement, "link", original=original.pk)

    statement.refresh_from_db()
    assert "Much like:" in page
    assert (statement.publication_status, statement.duplicate_of) == ("hidden", original)


def test_linking_to_nothing_is_refused():
    response = decide(staff("Moderators"), proposed(), "link")

    assert response.status_code == 422
    assert "Choose a published statement that says it for itself." in response.content.decode()


def test_hiding_needs_a_reason():
    statement, client = proposed(), staff("Moderators")

    refused = decide(client, statement, "hide")
    done = decide(client, statement, "hide", reason="It names a neighbour.")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert Statement.objects.get(pk=statement.pk).publication_status == "hidden"


def test_what_another_moderator_decided_is_said():
    statement, client = proposed(), staff("Moderators")
    decide(client, statement, "hide", reason="First.")

    response = decide(client, statement, "publish", **{OTHER: "Tarde."})

    assert response.status_code == 302
    assert Statement.objects.get(pk=statement.pk).publication_status == "hidden"


@pytest.mark.parametrize("group", ["Editors", "Analysts"])
def test_only_moderators_decide(group):
    statement, client = proposed(), staff(group)

    answers = [client.get(reverse("proposal_queue")), decide(client, statement, "publish")]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert Statement.objects.get(pk=statement.pk).is_proposed


def test_another_citys_proposal_does_not_exist():
    alder, puerto = city_pair()
    statement = proposed(consultation=make_consultation(cities=[puerto]))

    assert decide(staff("Moderators", alder), statement, "publish").status_code == 404


def test_editors_meet_no_other_citys_statements():
    alder, puerto = city_pair()
    for title, city in (("Ours", alder), ("Theirs", puerto)):
        consultation = make_consultation(title=title, cities=[city])
        StatementFactory(consultation=consultation, **in_every_language("text", f"{title}."))

    page = staff("Editors", alder).get(reverse("statements:index")).content.decode()

    assert ("Ours." in page, "Theirs." in page) == (True, False)


def test_editors_meet_a_proposal_once_it_was_decided_about():
    waiting = proposed("Waits.")
    StatementFactory(consultation=waiting.consultation, **in_every_language("text", "Published."))

    page = staff("Editors").get(reverse("statements:index")).content.decode()

    assert "Published." in page
    assert "Waits." not in page


def test_what_belongs_to_one_decision_alone_is_folded_up_until_it_has_to_be_mended():
    statement = proposed()
    client = staff("Moderators")
    calm = client.get(reverse("moderation_queue")).content.decode()

    unlinked = folds(decide(client, statement, "link").content.decode())
    unhidden = folds(decide(client, statement, "hide").content.decode())

    assert {name: is_open for name, (is_open, _inside) in folds(calm).items()} == {
        "link": False,
        "hide": False,
    }
    assert f'name="statement-{statement.pk}-original"' in folds(calm)["link"][1]
    assert (unlinked["link"][0], unlinked["hide"][0]) == (True, False)
    assert (unhidden["link"][0], unhidden["hide"][0]) == (False, True)
