"""In which partner language something is written, or that it cannot be told."""

import tomllib
from pathlib import Path

import pytest

from consultations.translations.detection import FUNCTION_WORDS, detect
from partnership.demo.consultations import FILES
from partnership.demo.texts import read

PAIR = ("en", "es")
SENTENCES = {
    "en": "The pavement ends here, and we have to walk on the road with the children.",
    "es": "La acera se acaba aquí y tenemos que ir por la calzada con los niños.",
    "fr": "Le trottoir s'arrête ici et nous devons marcher sur la route avec les enfants.",
    "de": "Der Gehweg endet hier, und wir müssen mit den Kindern auf der Straße gehen.",
    "pt-br": "A calçada termina aqui e nós temos que andar na rua com as crianças.",
    "it": "Il marciapiede finisce qui e noi dobbiamo camminare sulla strada con i bambini.",
    "nl": "De stoep houdt hier op en wij moeten met de kinderen over de straat lopen.",
    "pl": "Chodnik kończy się tutaj i musimy iść z dziećmi po ulicy, bo nie ma przejścia.",
    "ca": "La vorera s'acaba aquí i hem d'anar per la calçada amb els nens.",
    "gl": "A beirarrúa remata aquí e temos que ir pola rúa cos nenos.",
    "ro": "Trotuarul se termină aici și trebuie să mergem pe stradă cu copiii.",
    "sv": "Trottoaren slutar här och vi måste gå på gatan med barnen.",
    "cs": "Chodník tady končí a my musíme jít s dětmi po ulici.",
    "hu": "A járda itt véget ér, és nekünk a gyerekekkel az úton kell mennünk.",
    "tr": "Kaldırım burada bitiyor ve biz çocuklarla yolda yürümek için çok dikkat ediyoruz.",
    "ar": "الرصيف ينتهي هنا ونمشي مع الأطفال في الشارع",
    "el": "Το πεζοδρόμιο τελειώνει εδώ και περπατάμε στον δρόμο.",
    "uk": "Тротуар закінчується тут, і ми йдемо з дітьми по дорозі, але це небезпечно.",
    "ru": "Тротуар здесь заканчивается, и мы идём с детьми по дороге, это очень опасно.",
    "zh-hans": "人行道到这里就没有了，我们只好带着孩子走在马路上。",
    "ja": "歩道はここで終わっていて、子どもたちと車道を歩くしかありません。",
}
PAIRS = (
    PAIR, ("de", "pl"), ("fr", "ar"), ("en", "es", "fr"), ("pt-br", "zh-hans"), ("ca", "es"),
    ("gl", "es"), ("uk", "ru"), ("zh-hans", "ja"), ("sv", "de"), ("it", "ro"), ("nl", "de"),
    ("cs", "pl"), ("hu", "tr"), ("el", "en"),
)  # fmt: skip


def said_in_the_demo() -> list[tuple[str, str]]:
    """Everything a resident of the demo says, with the language it is said in."""
    found = []
    for content in map(read, FILES):
        rows = [*content.get("comments", ()), *content.get("pending", ())]
        rows += [row["reply"] for row in rows if "reply" in row]
        found += [(row["language"], row["text"]) for row in rows]
        for statement in content["statements"]:
            found += list(statement["text"].items())
    return found


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_sentence_is_told_in_every_pair_tried(pair):
    assert [detect(SENTENCES[code], among=pair) for code in pair] == list(pair)


def test_of_what_the_demo_says_none_is_mistaken_and_few_are_undecided():
    guesses = [(code, detect(text, among=PAIR)) for code, text in said_in_the_demo()]

    assert len(guesses) > 90
    assert [pair for pair in guesses if pair[1] not in {pair[0], None}] == []
    assert sum(guess is None for _code, guess in guesses) <= len(guesses) // 20


@pytest.mark.parametrize(
    "text",
    ["", "  ", "Sí", "OK", "Alder Bay", "Puerto Almendro", "12345 !!!", "\u200b", "\ud800", "😀😀"],
)
def test_of_a_few_letters_nothing_is_claimed(text):
    assert detect(text, among=PAIR) is None


def test_half_and_half_is_not_decided():
    assert detect("The street is dark and cold. La calle es fría y oscura.", among=PAIR) is None


def test_a_word_of_the_other_language_changes_nothing():
    assert detect("We tried the «pedibús» in the street for two weeks.", among=PAIR) == "en"


def test_a_language_nobody_taught_it_is_left_undecided():
    assert detect("Vi burde have en bænk ved skolen og en lampe.", among=("xx", "yy")) is None


def test_long_text_is_not_read_to_its_end():
    assert detect("la calle de los niños " * 100_000, among=PAIR) == "es"


def test_every_table_of_words_has_enough_of_them():
    tables = tomllib.loads(Path(FUNCTION_WORDS).read_text("utf-8"))

    assert [code for code, entry in tables.items() if len(set(entry["words"].split())) < 25] == []
