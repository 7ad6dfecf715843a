"""What a resident does from the account form to a comment, and the words of one run."""

from dataclasses import dataclass

from playwright.sync_api import expect

from partnership.demo.texts import read
from tests.journeys.visitor import Visitor

PASSWORD = "a short sentence works well"
#: Where the lists stand among the index pages of the demo.
MENU = {"events": 0, "consultations": 1, "roadmap": 2}
OPEN_CONSULTATION = read("safe_routes")


@dataclass(frozen=True)
class Words:
    """What is written in this run, so that nothing else can be mistaken for it."""

    language: str
    mark: str

    @property
    def charrette(self) -> dict[str, str]:
        return {"en": f"Benches by the river {self.mark}", "es": f"Bancos junto al río {self.mark}"}

    @property
    def email(self) -> str:
        return f"resident.{self.mark}@example.org"

    @property
    def name(self) -> str:
        return f"Rosa Quintana {self.mark}"

    @property
    def answer(self) -> str:
        return {"en": f"Lower kerbs, please {self.mark}", "es": f"Bordillos bajos {self.mark}"}[
            self.language
        ]

    @property
    def comment(self) -> str:
        return {
            "en": f"The crossing by the bakery is dark at eight {self.mark}",
            "es": f"El paso junto a la panadería está oscuro a las ocho {self.mark}",
        }[self.language]


def make_an_account(resident: Visitor, words: Words) -> None:
    """Join from the front page."""
    resident.open_front_page()
    resident.follow(resident.link("My participation"))
    resident.follow(resident.link("No account yet? Join"))
    join(resident, words)
    resident.sees("Your e-mail address is confirmed.")


def join(resident: Visitor, words: Words) -> None:
    """Fill the account form that is open; the code is read in another tab."""
    resident.join(
        name=words.name,
        email=words.email,
        city="Puerto Almendro",
        language={"en": "English", "es": "Español"}[words.language],
        password=PASSWORD,
    )
    resident.sees("Confirm your e-mail address")
    letter = resident.newest_mail_to(words.email)
    assert letter.language == words.language
    assert resident.say("With this code you confirm your e-mail address:") in letter.text
    resident.write("Code from the mail", letter.code)
    resident.follow(resident.button("Confirm"))


def take_a_place(resident: Visitor, words: Words) -> None:
    """Find the new charrette in the menu's list and take a place."""
    title = words.charrette[words.language]
    resident.choose_from_menu(resident.say("Charrettes"))
    resident.follow(resident.page.get_by_role("link", name=title, exact=True))
    resident.follow(resident.button("Reserve my place"))
    resident.sees("You have a place. We have sent you an e-mail with everything.")
    expect(
        resident.page.get_by_role("heading", name=resident.say("You have a place"))
    ).to_be_visible()
    letter = resident.newest_mail_to(words.email)
    assert letter.subject == resident.say("You have a place: %(title)s", title=title)
    assert letter.language == words.language


def say_something(resident: Visitor, words: Words) -> None:
    """Vote, answer and comment in the open consultation."""
    open_the_consultation(resident)
    statement = resident.page.locator("#vote legend").inner_text()
    resident.follow(resident.button("Agree"))
    resident.reads(statement.strip("“”«»\n "))
    resident.sees("Your answer: %(answer)s", answer=resident.say("Agree"))

    resident.follow(resident.button("Answer the questions"))
    for question in OPEN_CONSULTATION["questions"]:
        if "shown_if" not in question:  # the first answers lead to none of them
            answer_one(resident, question, words)
    resident.follow(resident.button("Send my answers"))
    resident.is_told("Thank you. Your answers are counted; you can change them here.")

    go_down_to(resident, "Write a comment")
    resident.write("Your comment", words.comment)
    resident.follow(resident.button("Send for review"))
    resident.is_told("Thank you. Somebody reads it before it is shown, and we write to you.")
    expect(resident.page.get_by_text(words.comment)).to_have_count(0)


def go_down_to(visitor: Visitor, words: str) -> None:
    """Press one of the links at the top of a consultation."""
    below = visitor.page.get_by_role("navigation", name=visitor.say("Further down on this page"))
    visitor.unfold(below.get_by_role("link", name=visitor.say(words), exact=True))


def answer_one(resident: Visitor, question: dict, words: Words) -> None:
    text = question["text"][words.language]
    group = resident.page.get_by_role("group", name=text)
    line = resident.page.get_by_label(text)
    match question["type"]:
        case "long_text" | "short_text":
            resident.fill(line, words.answer)
        case "number":
            resident.fill(line, "12")
        case "date":
            resident.fill(line, "2027-05-31")
        case "scale":
            resident.tick(group.get_by_role("radio").nth(2))
        case "ranking":
            label = question["options"][1]["label"][words.language]
            resident.pick(group.get_by_label(label), "1")
        case _:
            resident.tick(group.get_by_label(question["options"][0]["label"][words.language]))


def open_the_consultation(visitor: Visitor) -> None:
    visitor.choose_from_menu(title_in_menu("consultations", visitor.language))
    visitor.follow(visitor.link(OPEN_CONSULTATION["title"][visitor.language]))


def title_in_menu(which: str, language: str) -> str:
    return read("pages")["indexes"][MENU[which]]["title"][language]
