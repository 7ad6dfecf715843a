"""What residents do with ideas: write them and support them."""

from decimal import Decimal

from django.db import transaction

from consultations.asking.reading import read_point
from consultations.conversation.counts import count_support, keep_support
from consultations.enums import Act, ContributionKind, PublicationStatus
from consultations.ideas.enums import SUPPORTED_WHILE
from consultations.ideas.neighbourhoods import neighbourhoods_of
from consultations.ideas.refusals import IdeaEmpty, OffTheMaps, SimilarIdeas, TitleMissing
from consultations.ideas.similarity import similar_ideas
from consultations.maps.models import CityMap
from consultations.models import ConsultationPage, Contribution
from consultations.models.ideas import LONGEST_IDEA, LONGEST_TITLE, joined
from consultations.refusals import (
    CommentNotThere,
    OwnComment,
    PhaseDoesNotAllow,
    TextTooLong,
    WrongChoice,
)
from consultations.rules import (
    city_counted_for,
    fresh,
    keep_address_of,
    refuse_unless_allowed,
    spend,
)
from consultations.services import first_status, takes_part, told_language
from consultations.speaking.rules import ONESELF, Voice, voice_of
from partnership.cities.models import Neighbourhood
from partnership.locking import lock
from partnership.people.models import Participant
from partnership.people.text_fields import is_blank
from partnership.serving import public_changed

IDEA = "consultations.write_idea"
#: The field of the form, and how exact a place is kept that everybody may see.
POINT, DECIMALS = "point", 4
TEN_METRES = Decimal(10) ** -DECIMALS


@transaction.atomic
def write_idea(
    consultation: ConsultationPage,
    *,
    participant: Participant,
    title: str,
    text: str,
    language_code: str = "",
    neighbourhood: Neighbourhood | None = None,
    point: str = "",
    has_seen_similar: bool = False,
    voice: Voice = ONESELF,
    is_name_hidden: bool = False,
    form_token: str | None,
) -> Contribution:
    """Keep an idea as comments are kept; SimilarIdeas until its author has seen the others."""
    consultation = _taking_ideas(consultation.pk)
    city_id = city_counted_for(consultation, participant)
    words = _fit_words(consultation, title, text, neighbourhood)
    language_code = told_language(words, language_code)
    if not has_seen_similar and similar_ideas(consultation, title, language_code=language_code):
        raise SimilarIdeas
    spend(form_token, IDEA)
    idea = Contribution(
        kind=ContributionKind.IDEA,
        consultation=consultation,
        participant=participant,
        city_id=city_id,
        neighbourhood=neighbourhood,
        language_code=language_code,
        publication_status=first_status(consultation, words),
        is_name_hidden=is_name_hidden,
        **voice_of(participant, voice),
    )
    idea.latitude, idea.longitude = place_of(point)
    idea.put_words(words)
    idea.save()
    keep_address_of(participant, consultation)
    takes_part(consultation, participant, city_id)
    public_changed()
    return idea


def _taking_ideas(consultation_id: int) -> ConsultationPage:
    """The consultation as stored now; refuses where ideas are not switched on."""
    consultation = fresh(consultation_id)
    refuse_unless_allowed(consultation, Act.PROPOSE)
    if not consultation.takes_ideas:
        raise PhaseDoesNotAllow
    return consultation


def _fit_words(
    consultation: ConsultationPage, title: str, text: str, part: Neighbourhood | None
) -> str:
    """Its words as one text; refuses what cannot be an idea, and a place it cannot be about."""
    if is_blank(title):
        raise TitleMissing
    if len(title) > LONGEST_TITLE:
        raise TextTooLong(longest=LONGEST_TITLE, field="title")
    if is_blank(text):
        raise IdeaEmpty
    if len(text) > LONGEST_IDEA:
        raise TextTooLong(longest=LONGEST_IDEA)
    if part is not None and part not in neighbourhoods_of(consultation):
        raise WrongChoice(field="neighbourhood")
    return joined(title, text)


def place_of(point: str) -> tuple[Decimal | None, Decimal | None]:
    """Return latitude and longitude, some ten metres exact; None twice for no point.

    Raises PointNotUnderstood, and OffTheMaps where no reader would see it.
    """
    if is_blank(point):
        return None, None
    latitude, longitude = (
        degrees.quantize(TEN_METRES) for degrees in read_point(point, field=POINT)
    )
    spots = (
        each.georeference.spot_of(float(latitude), float(longitude))
        for each in CityMap.objects.all()
    )
    if not any(spots):
        raise OffTheMaps
    return latitude, longitude


@transaction.atomic
def support_idea(idea: Contribution, *, participant: Participant, supports: bool) -> Contribution:
    """Record that somebody supports an idea, or no longer does.

    Its row is locked while it is counted anew. Who takes it back has taken part all the same,
    so the row stays and says so. It needs no token: to say the same twice changes nothing.
    """
    idea = lock(idea)
    consultation = fresh(idea.consultation_id)
    refuse_unless_allowed(consultation, *SUPPORTED_WHILE)
    city_id = city_counted_for(consultation, participant)
    if idea.publication_status != PublicationStatus.PUBLISHED:
        raise CommentNotThere
    if idea.participant_id == participant.pk:
        raise OwnComment
    keep_support(idea, participant, supports=supports, city_id=city_id)
    takes_part(consultation, participant, city_id)
    count_support(idea)
    public_changed()
    return idea
