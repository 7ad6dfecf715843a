"""Which conversations a reader asks for: in which order, by whom, from which city, with what words.

Readers ask only by what stands beside the words anyway. So a city finds nobody whose city
readers are not told, and what nobody has written with is not offered.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.conversation.querysets import told_from
from consultations.conversation.saying import saying
from consultations.drafts.links import BESIDE_PARAMETER, beside_asked_for
from consultations.enums import Order
from consultations.models import ConsultationPage, Contribution
from consultations.querysets import ContributionQuerySet
from consultations.speaking.rules import MYSELF
from partnership.cities.models import City
from partnership.interface.narrowing import chosen_links
from partnership.pages.languages import active
from partnership.pages.words import clean_query, wanted_of
from partnership.people.enums import OrganisationKind

ORDER_PARAMETER = "order"
VOICE_PARAMETER = "voice"
CITY_PARAMETER = "city"
WORDS_PARAMETER = "q"
#: What may be the code of a city, for addresses that only lead back.
MAYBE_A_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")

#: A link as its template wants it: query, label, is_chosen.
Link = dict[str, Any]


def order_asked_for(query: Mapping[str, str]) -> Order:
    """The order in the address; the newest first for anything that is none."""
    asked = query.get(ORDER_PARAMETER, "")
    return Order(asked) if asked in Order.values else Order.NEWEST


def _voice_asked_for(query: Mapping[str, str], known: Container[str | None]) -> str | None:
    """A kind of organisation, empty for oneself; None for everybody and for what is unknown."""
    asked = query.get(VOICE_PARAMETER, "")
    voice = "" if asked == MYSELF else asked or None
    return voice if voice in known else None


def _words_asked_for(query: Mapping[str, str]) -> str:
    """What to look for; empty where there is no word in it."""
    asked = clean_query(query.get(WORDS_PARAMETER, ""))
    return asked if wanted_of(asked, active()) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which conversations a reader asked for, and the addresses that ask for others.

    ``voice`` is a kind of organisation, empty for oneself, None for everybody; ``city`` is a
    code, empty for all; ``words`` are looked for in them; ``beside`` is the language in which
    the text that they are about is read, too.
    """

    order: Order
    voice: str | None = None
    city: str = ""
    words: str = ""
    beside: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], begun: "Begun") -> Self:
        """What the address says; what nobody has written with counts as not asked."""
        city = query.get(CITY_PARAMETER, "")
        return cls(
            order=order_asked_for(query),
            voice=_voice_asked_for(query, begun.voices),
            city=city if city in {each.code for each in begun.told} else "",
            words=_words_asked_for(query) if begun.total else "",
            beside=beside_asked_for(query),
        )

    @classmethod
    def to_lead_back(cls, query: Mapping[str, str]) -> Self:
        """What the address says, whether or not anybody has: see ``fitting``."""
        city = query.get(CITY_PARAMETER, "")
        return cls(
            order=order_asked_for(query),
            voice=_voice_asked_for(query, ("", *OrganisationKind.values)),
            city=city if MAYBE_A_CODE.fullmatch(city) else "",
            words=_words_asked_for(query),
            beside=beside_asked_for(query),
        )

    def fitting(self, thread: Contribution) -> Self:
        """The same, without what this comment would not be found by."""
        told = thread.city_told if self.city else None
        itself = thread.consultation.contributions.filter(pk=thread.pk)
        is_found = bool(self.words) and saying(self.words, itself, thread.consultation).exists()
        return replace(
            self,
            voice=self.voice if self.voice == thread.organisation_kind else None,
            city=self.city if told and told.code == self.city else "",
            words=self.words if is_found else "",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether some conversations may be left out."""
        return self.voice is not None or bool(self.city or self.words)

    def narrow(
        self, threads: ContributionQuerySet, consultation: ConsultationPage
    ) -> ContributionQuerySet:
        """Those of the consultation's that were asked for."""
        if self.voice is not None:
            threads = threads.filter(organisation_kind=self.voice)
        if self.city:
            threads = told_from(threads, self.city)
        return saying(self.words, threads, consultation)

    def number(self, threads: ContributionQuerySet, begun: "Begun") -> int:
        """How many these are, which were asked for; a query where words were looked for."""
        return threads.count() if self.words else begun.number(self)

    @property
    def query(self) -> str:
        """The query string of this, empty for what everybody sees first."""
        return urlencode(self.values)

    @property
    def values(self) -> dict[str, str]:
        """The same by name."""
        asked = {} if self.order == Order.NEWEST else {ORDER_PARAMETER: self.order.value}
        if self.voice is not None:
            asked[VOICE_PARAMETER] = self.voice or MYSELF
        asked |= {CITY_PARAMETER: self.city, WORDS_PARAMETER: self.words}
        asked[BESIDE_PARAMETER] = self.beside
        return {name: value for name, value in asked.items() if value}

    @property
    def leading(self) -> str:
        """What the query string of another page of this begins with."""
        return f"{self.query}&" if self.query else ""

    def offered(self, begun: "Begun") -> dict[str, Any]:
        """What the template of a conversation offers to ask for instead."""
        orders, voices, cities = self.orders(), self.voices(begun), self.cities(begun)
        return {
            "order": self.order.value,
            "orders": orders,
            "voices": voices,
            "cities": cities,
            "words": self.words,
            "chosen": self._chosen(orders, voices, cities),
            "kept": replace(self, words="").values,
            "everything": replace(EVERYTHING, order=self.order).query,
            "query": self.leading,
        }

    def _chosen(self, *rows: list[Link]) -> list[dict[str, Any]]:
        """What was chosen, each with the address of the conversation without it."""
        links = [
            [
                {**link, "url": f"?{link['query']}#conversation", "current": link["is_chosen"]}
                for link in row
            ]
            for row in rows
        ]
        chosen = chosen_links(*links)
        if self.words:
            without = replace(self, words="").query
            label = _("“%(words)s”") % {"words": self.words}
            chosen.append({"label": label, "url": f"?{without}#conversation"})
        return chosen

    def orders(self) -> list[Link]:
        """A link for each order, of the same conversations."""
        return [self._link(order.label, order=order) for order in Order]

    def voices(self, begun: "Begun") -> list[Link]:
        """A link for each voice, in the same order; none where nobody spoke for others."""
        if not any(begun.voices):
            return []
        labels: dict[str | None, str] = {None: _("everybody"), "": _("for themselves")}
        labels |= {kind.value: str(kind.label) for kind in OrganisationKind}
        known = {None, *begun.voices}
        return [self._link(labels[voice], voice=voice) for voice in labels if voice in known]

    def cities(self, begun: "Begun") -> list[Link]:
        """A link for each city; none where it would leave nobody out."""
        if not begun.told or len({place for _voice, place in begun.sizes}) == 1:
            return []
        every = self._link(pgettext("city", "All"), city="")
        return [every, *(self._link(each.name, city=each.code) for each in begun.told)]

    def _link(self, label: Any, **other: Any) -> Link:
        asked = replace(self, **other)
        return {"query": asked.query, "label": label, "is_chosen": asked == self}


#: What everybody sees first.
EVERYTHING = Asked(order=Order.NEWEST)


@dataclass(frozen=True, slots=True)
class Begun:
    """How many conversations were begun: by for whom, and the city that readers are told.

    Nothing where readers do not choose.
    """

    sizes: Mapping[tuple[str, int | None], int] = field(default_factory=dict)
    cities: Sequence[City] = ()

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.sizes.values())

    @property
    def voices(self) -> set[str | None]:
        """For whom somebody has spoken."""
        return {voice for voice, _place in self.sizes}

    @property
    def told(self) -> list[City]:
        """The cities that stand beside somebody's words, in their order."""
        places = {place for _voice, place in self.sizes}
        return [city for city in self.cities if city.pk in places]

    def number(self, asked: Asked) -> int:
        """How many of them were asked for."""
        codes: dict[int | None, str] = {city.pk: city.code for city in self.cities}
        return sum(
            size
            for (voice, place), size in self.sizes.items()
            if asked.voice in {None, voice} and (not asked.city or codes.get(place) == asked.city)
        )


NOT_COUNTED = Begun()
