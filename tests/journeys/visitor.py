"""What people do on the site, told by the words they see; the same in every language."""

import re
from dataclasses import dataclass
from re import Pattern
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Locator, Page, expect

from partnership.demo.people import PASSWORD

#: The accounts that come with the demo.
DEMO = "{}@demo.example"
CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", re.MULTILINE)


@dataclass
class Visitor:
    """Somebody before a browser, who reads one language and clicks what is written there."""

    page: Page
    language: str

    def say(self, words: str, **values: object) -> str:
        """Return our English words in the visitor's language, values put in."""
        with translation.override(self.language):
            said = gettext(words)
            if said == words:  # perhaps a counted sentence, in its form for one
                said = ngettext(words, words, 1)
        return said % values if values else said

    # What is on the page -----------------------------------------------------------------

    def link(self, words: str, **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.say(words, **values), exact=True)

    def button(self, words: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(words, **values), exact=True)

    def field(self, words: str) -> Locator:
        return self.page.get_by_label(beginning_with(self.say(words)))

    def sees(self, words: str, **values: object) -> None:
        """Fail unless these words can be read on the page."""
        self.reads(self.say(words, **values))

    def reads(self, text: str) -> None:
        """Fail unless that very text can be read on the page."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def is_told(self, words: str) -> None:
        """Fail unless these words are read without looking for them, where the page opens."""
        expect(self.page.get_by_text(self.say(words)).first).to_be_in_viewport()

    # With what one has, here a pointer ---------------------------------------------------

    def follow(self, thing: Locator) -> None:
        """Press a link or a button that leads to another page."""
        thing.click()

    def unfold(self, thing: Locator) -> None:
        """Press what shows more of this page, or another place on it."""
        thing.click()

    def fill(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def pick(self, select: Locator, value: str) -> None:
        """Choose what has this value from a list."""
        select.select_option(value)

    # What can be done --------------------------------------------------------------------

    def open_front_page(self) -> None:
        self.page.goto(f"/{self.language}/")

    def choose_from_menu(self, title: str) -> None:
        """Go where the site's own menu says; on a narrow screen it opens first."""
        menu = self.page.get_by_role("button", name=self.say("Menu"), exact=True)
        if menu.is_visible():
            self.unfold(menu)
        navigation = self.page.get_by_role("navigation", name=self.say("Main"), exact=True)
        self.follow(navigation.get_by_role("link", name=title, exact=True))

    def write(self, words: str, text: str) -> None:
        self.fill(self.field(words), text)

    def choose(self, choice: str) -> None:
        self.tick(self.page.get_by_label(choice, exact=True))

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Through the site's own door, from the top of any page."""
        self.follow(self.link("My participation"))
        self.write("E-mail address", email)
        self.write("Password", password)
        self.follow(self.button("Sign in"))
        expect(self.button("Sign out")).to_be_visible()

    def come_in(self, email: str) -> None:
        """Sign in without drawing the door, which has journeys of its own."""
        with translation.override(self.language):
            door, hall = reverse("account_login"), reverse("my_participation")
        form = self._read(door).select_one("form:has([type=password])")
        given = {str(one["name"]): str(one["value"]) for one in form.select("[type=hidden]")}
        filled = {**given, "login": email, "password": PASSWORD}
        self.page.request.post(door, form=filled)
        self.page.goto(hall)
        expect(self.button("Sign out")).to_be_visible()

    def join(self, *, name: str, email: str, city: str, language: str, password: str) -> None:
        """Fill the account form; the code still has to be read in the mail."""
        self.write("Your name", name)
        self.write("E-mail address", email)
        self.choose(city)
        self.choose(language)
        self.write("Password", password)
        self.follow(self.button("Join"))

    def newest_mail_to(self, email: str) -> "Letter":
        """Read it without drawing it: mail programs are not ours to try."""
        listed = self._read("/demo/mail/").select("main li")
        entry = next(one for one in listed if email in one.get_text())
        article = self._read(str(entry.a["href"])).select_one("article")
        return Letter(
            subject=article.h1.get_text().strip(),
            language=str(article.get("lang", "")),
            text=article.get_text("\n"),
        )

    def _read(self, address: str) -> BeautifulSoup:
        return BeautifulSoup(self.page.request.get(address).text(), "html.parser")


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    subject: str
    language: str
    text: str

    @property
    def code(self) -> str:
        """The code that stands on a line of its own."""
        found = CODE.search(self.text)
        assert found, f"No code in this mail:\n{self.text}"
        return found[1]

    @property
    def links(self) -> list[str]:
        """The addresses in it, without their host, in their order."""
        return [urlsplit(link).path for link in re.findall(r"https?://\S+", self.text)]


def beginning_with(words: str) -> Pattern[str]:
    """Match a label by its first words: a hint such as "(optional)" may follow."""
    return re.compile(rf"^\s*{re.escape(words)}(\s*\(|\s*$)")
