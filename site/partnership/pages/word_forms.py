"""Singular and plural for the search: whoever types one of them means the other, too."""

#: By language, endings of singulars and of their plurals. Not every word made with them exists;
#: languages without endings here are searched word by word.
NUMBERS = {
    "en": (("", "s"), ("y", "ies"), ("ch", "ches"), ("sh", "shes"), ("x", "xes"), ("s", "ses")),
    "es": (("", "s"), ("", "es"), ("z", "ces")),
}
#: What no ending tells, of the words a city writes about.
IRREGULAR = {
    "en": (
        *(("child", "children"), ("person", "people"), ("man", "men"), ("woman", "women")),
        *(("foot", "feet"), ("life", "lives"), ("half", "halves"), ("leaf", "leaves")),
    ),
}
#: So that "mes" is not taken for the plural of "m".
SHORTEST = 3


def forms_of(word: str, language: str) -> frozenset[str]:
    """Return the word and what may be its singular or plural; for plain words."""
    found = {word}
    for pair in IRREGULAR.get(language, ()):
        found.update(pair if word in pair else ())
    for singular, plural in NUMBERS.get(language, ()):
        for ending, other in ((singular, plural), (plural, singular)):
            beginning = word.removesuffix(ending)
            if word.endswith(ending) and len(beginning + singular) >= SHORTEST:
                found.add(beginning + other)
    return frozenset(found)
