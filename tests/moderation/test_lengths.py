"""What authors and judges write fits into its columns, or is refused beside its field."""

import pytest

from consultations.moderation.services.appeals import turn_down
from consultations.refusals import TextTooLong
from tests.factories.cities import city_pair
from tests.factories.moderation import make_hidden, make_moderator
from tests.moderation.test_appeals import appealed

pytestmark = pytest.mark.django_db


def test_an_appeal_and_its_answer_are_no_longer_than_their_columns():
    alder, puerto = city_pair()
    _contribution, decision = make_hidden(make_moderator(alder))
    with pytest.raises(TextTooLong):
        appealed(decision, text="a" * 1001)
    made = appealed(decision, text="a" * 1000)

    with pytest.raises(TextTooLong) as refused:
        turn_down(made, by=make_moderator(puerto), answer="a" * 1001)

    assert refused.value.field == "answer"
