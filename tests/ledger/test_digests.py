"""The same content has the same digest, whoever computes it."""

from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from partnership.ledger.digests import canonical, digest_of

LEAF = some.none() | some.booleans() | some.integers() | some.sampled_from(("", "ñ", "\u2028"))
PLAIN = LEAF | some.lists(LEAF, max_size=3)


def test_the_spelling_is_written_down():
    content = {"b": ["ñ", 1, True, None], "a": {"es": "Sí", "en": "Yes"}}

    assert canonical(content) == '{"a":{"en":"Yes","es":"Sí"},"b":["ñ",1,true,null]}'.encode()
    assert digest_of(content) == sha256(canonical(content)).hexdigest()


def test_a_known_digest_never_changes():
    assert digest_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no matter of digests
@given(some.dictionaries(some.text("abcxyz_", max_size=3), PLAIN, max_size=6))
def test_the_order_of_the_keys_is_nothing(content):
    turned = dict(reversed(content.items()))

    assert digest_of(turned) == digest_of(content)


@pytest.mark.parametrize("content", [{"a": 1.5}, {"ñ": 1}, {1: "a"}, {"a": (1,)}, {"a": {1}}])
def test_what_has_two_spellings_is_not_signed(content):
    with pytest.raises(TypeError):
        digest_of(content)
