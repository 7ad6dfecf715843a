"""What staff is told of anonymous answers while they come in: nothing."""

from datetime import timedelta

import pytest

from consultations.exports.enums import Profile
from consultations.exports.scope import Scope
from tests.factories.consultations import make_consultation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("closes_in", "is_told"), [(1, False), (-1, True)])
@pytest.mark.parametrize("profile", [Profile.STAFF, Profile.PUBLIC])
def test_anonymous_answers_are_told_to_nobody_before_the_close(profile, closes_in, is_told):
    consultation = make_consultation(is_anonymous=True, closes_in=timedelta(days=closes_in))

    assert Scope(consultation, profile).tells_answers is is_told
