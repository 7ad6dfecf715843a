"""A few words in each language of the pairs that are tried, as its people would write them.

None is a word that a new site begins with, so that whoever renames a page renames it in every
language, as the gate of publishing wants.
"""

from partnership.pages.languages import CODES, localized

#: What each thing is called: event, drawing, exchange, consultation, roadmap, story, text, list.
WORDS = {
    "en": {
        "festival": "Street festival",
        "charrette": "A square for everybody",
        "exchange": "A week at your school",
        "consultation": "Safe routes to school",
        "roadmap": "Our roadmap",
        "story": "The ramp that kept its bench",
        "text": "About us",
        "events": "What is on",
        "consultations": "What we ask",
        "stories": "Tales",
        "lead": "What should change first?",
        "theme": "Streets",
    },
    "es": {
        "festival": "Fiesta de la calle Ñandú",
        "charrette": "Una plaza para todo el mundo",
        "exchange": "Una semana en tu colegio",
        "consultation": "Caminos seguros al colegio",
        "roadmap": "Nuestra hoja de ruta",
        "story": "La rampa que conservó su banco",
        "text": "Quiénes somos",
        "events": "Actos",
        "consultations": "Lo que preguntamos",
        "stories": "Relatos",
        "lead": "¿Qué debería cambiar primero?",
        "theme": "Calles",
    },
    "de": {
        "festival": "Straßenfest in Grünau",
        "charrette": "Ein Platz für alle",
        "exchange": "Eine Woche an deiner Schule",
        "consultation": "Sichere Wege zur Schule",
        "roadmap": "Fahrplan",
        "story": "Die Rampe, die ihre Bank behielt",
        "text": "Über uns",
        "events": "Veranstaltungen",
        "consultations": "Befragungen",
        "stories": "Geschichten",
        "lead": "Was soll sich zuerst ändern?",
        "theme": "Straßen",
    },
    "pl": {
        "festival": "Święto ulicy w Łęgach",
        "charrette": "Plac dla wszystkich",
        "exchange": "Tydzień w twojej szkole",
        "consultation": "Bezpieczna droga do szkoły",
        "roadmap": "Plan działań",
        "story": "Rampa, która zachowała ławkę",
        "text": "Kim jesteśmy",
        "events": "Wydarzenia",
        "consultations": "Konsultacje",
        "stories": "Opowieści",
        "lead": "Co powinno się zmienić najpierw?",
        "theme": "Ulice",
    },
    "fr": {
        "festival": "Fête de la rue à l’été",
        "charrette": "Une place pour tout le monde",
        "exchange": "Une semaine dans ton école",
        "consultation": "Des chemins sûrs vers l’école",
        "roadmap": "Feuille de route",
        "story": "La rampe qui a gardé son banc",
        "text": "Qui sommes-nous",
        "events": "Événements",
        "consultations": "Concertations",
        "stories": "Récits",
        "lead": "Que faut-il changer d’abord ?",
        "theme": "Rues",
    },
    "ar": {
        "festival": "مهرجان الشارع",
        "charrette": "ساحة للجميع",
        "exchange": "أسبوع في مدرستك",
        "consultation": "طرق آمنة إلى المدرسة",
        "roadmap": "خارطة الطريق",
        "story": "المنحدر الذي أبقى مقعده",
        "text": "من نحن",
        "events": "الفعاليات",
        "consultations": "الاستشارات",
        "stories": "القصص",
        "lead": "ما الذي يجب أن يتغير أولاً؟",
        "theme": "الشوارع",
    },
}


def say(thing: str, code: str) -> str:
    """What the thing is called in that language."""
    return WORDS[code][thing]


def said(thing: str, *fields: str) -> dict[str, str]:
    """The columns of the fields, each with the word for the thing in its own language."""
    return {localized(field, code): say(thing, code) for field in fields for code in CODES}
