"""A key of a row leads from one consultation's files to no other's."""

import pytest

from consultations.exports.enums import Profile
from consultations.exports.scope import Scope
from tests.factories.consultations import make_consultation

pytestmark = pytest.mark.django_db


def test_the_same_person_has_another_key_in_every_consultation():
    first, second = (Scope(make_consultation(), Profile.STAFF) for _each in range(2))

    assert first.key("participant", 7) == first.key("participant", 7)
    assert first.key("participant", 7) != second.key("participant", 7)
    assert first.key("participant", 7) != first.key("comment", 7)
    assert first.key("participant", None) == ""
