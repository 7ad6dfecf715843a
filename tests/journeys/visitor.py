"""What people do on the site, told by the words they see; the same in every language."""

import re
from dataclasses import dataclass
from re import Pattern

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

    # What can be done --------------------------------------------------------------------

    def open_front_page(self) -> None:
        self.page.goto(f"/{self.language}/")

    def choose_from_menu(self, title: str) -> None:
        """Go where the site's own menu says; on a narrow screen it opens first."""
        menu = self.page.get_by_role("button", name=self.say("Menu"), exact=True)
        if menu.is_visible():
            menu.click()
        navigation = self.page.get_by_role("navigation", name=self.say("Main"), exact=True)
        navigation.get_by_role("link", name=title, exact=True).click()

    def write(self, words: str, text: str) -> None:
        self.field(words).fill(text)

    def choose(self, choice: str) -> None:
        self.page.get_by_label(choice, exact=True).check()

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Through the site's own door, from the top of any page."""
        self.link("My participation").click()
        self.write("E-mail address", email)
        self.write("Password", password)
        self.button("Sign in").click()
        expect(self.button("Sign out")).to_be_visible()

    def join(self, *, name: str, email: str, city: str, language: str, password: str) -> None:
        """Fill the account form; the code still has to be read in the mail."""
        self.write("Your name", name)
        self.write("E-mail address", email)
        self.choose(city)
        self.choose(language)
        self.write("Password", password)
        self.button("Join").click()

    def newest_mail_to(self, email: str) -> "Letter":
        """Read it in another tab, as one would; it may take the demo a moment to arrive."""
        tab = self.page.context.new_page()
        tab.goto("/demo/mail/")
        tab.locator("li", has_text=email).first.get_by_role("link").click()
        article = tab.locator("article")
        letter = Letter(
            subject=article.get_by_role("heading", level=1).inner_text(),
            language=article.get_attribute("lang") or "",
            text=article.inner_text(),
        )
        tab.close()
        return letter


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


def beginning_with(words: str) -> Pattern[str]:
    """Match a label by its first words: a hint such as "(optional)" may follow."""
    return re.compile(rf"^\s*{re.escape(words)}(\s*\(|\s*$)")
