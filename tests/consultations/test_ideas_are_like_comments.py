"""What comments have, ideas have, too: the queue, answers, promises, exports, erasure, claiming."""

import pytest

from consultations.asking import claiming as asking_claims
from consultations.enums import Participation
from consultations.following.people import behind
from consultations.ideas.services import support_idea
from consultations.models import ConsultationPage, PersonTakingPart
from consultations.official.reading import page_address
from consultations.roadmap.models import EvidenceLink
from consultations.roadmap.voices import acts_behind, people_behind
from consultations.visiting import claiming as visiting_claims
from partnership.people.erasure import ERASE, erase
from partnership.people.tokens import issue
from tests.consultations.test_editing import ONE_PHASE, send
from tests.consultations.test_exports import table
from tests.consultations.test_guest_answers import guest
from tests.consultations.test_ideas import TITLE, html, taking_ideas, write
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, IdeaFactory, make_participant
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish
from tests.factories.roadmap import cite, make_commitment

pytestmark = pytest.mark.django_db


def test_the_queue_tells_ideas_from_comments():
    idea = write()
    ContributionFactory(consultation=idea.consultation, publication_status="pending", text="Yes.")
    client, _moderator = signed_in(make_participant(is_staff=True, is_superuser=True))

    queue = text_of(client.get("/admin/comments/?kind=residents_idea"))

    assert TITLE in queue
    assert "Yes." not in queue


def test_whoever_wrote_or_supports_an_idea_is_behind_the_promise_that_cites_it():
    idea = IdeaFactory()
    supporter, other = make_participant(), make_participant()
    support_idea(idea, participant=supporter, supports=True)
    support_idea(idea, participant=other, supports=True)
    support_idea(idea, participant=other, supports=False)
    commitment = make_commitment()
    link = cite(commitment, contribution=idea)

    people = behind(acts_behind(EvidenceLink.objects.filter(pk=link.pk)))

    assert {*people} == {idea.participant, supporter}
    assert people_behind(commitment.roadmap) == 2


def test_a_promise_and_the_idea_it_goes_back_to_lead_to_each_other(client):
    idea = IdeaFactory()
    commitment = make_commitment()
    cite(commitment, contribution=idea)

    listed = client.get(idea.consultation.ideas_url)

    assert [link["url"] for link in listed.context["entries"][0]["became"]] == [
        commitment.get_absolute_url()
    ]
    assert commitment.title in text_of(client.get(idea.replies_url))
    assert "Safe routes to school: an idea" in text_of(client.get(commitment.get_absolute_url()))


def test_an_official_answer_to_an_idea_stands_with_it(client):
    consultation = make_closed_consultation(takes_ideas=True)
    idea = IdeaFactory(consultation=consultation)
    answer = make_answer(consultation, contribution=idea)
    sign_and_publish(answer.sheet)

    listed, page = client.get(consultation.ideas_url), client.get(idea.replies_url)

    assert len(listed.context["entries"][0]["answers"]) == 1
    assert "official" in html(page)
    assert "Idea by" in text_of(client.get(page_address(consultation)))


def test_the_export_tells_the_title_and_the_search_finds_the_idea(client):
    idea = IdeaFactory(title=TITLE)

    rows = table(idea.consultation, "comments")
    found = text_of(client.get("/en/search/?q=schoolyard"))

    assert [(row["kind"], row["title"]) for row in rows] == [("idea", TITLE)]
    assert "Idea by" in found


def test_the_words_of_an_idea_go_with_its_author_title_and_all():
    idea = IdeaFactory()

    resident = idea.participant.resident
    erase(resident, keep_words=False, email=resident.email, form_token=issue(ERASE))

    idea.refresh_from_db()
    assert (idea.title, idea.text, idea.publication_status) == ("", "", "withdrawn")


def test_a_guest_who_makes_an_account_takes_ideas_and_support_along():
    consultation = taking_ideas(participation=Participation.OPEN)
    alder, puerto = city_pair()
    visitor, account = guest(), make_participant(alder)
    idea = write(consultation, participant=visitor)
    support_idea(IdeaFactory(consultation=consultation), participant=account, supports=True)

    visiting_claims.merge(visitor, account)
    asking_claims.merge(visitor, account)

    idea.refresh_from_db()
    assert idea.participant == account
    assert PersonTakingPart.objects.get().city == puerto  # where they first took part


def test_ideas_are_not_switched_off_while_there_are_any(unwritten):
    consultation = IdeaFactory().consultation

    refused, _page = send(consultation, phases=[ONE_PHASE])
    kept, _page = send(consultation, phases=[ONE_PHASE], takes_ideas="on")

    assert (refused, kept) == (200, 302)
    assert ConsultationPage.objects.get().takes_ideas
