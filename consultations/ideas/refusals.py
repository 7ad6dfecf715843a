"""Why an idea is not taken, in words for whoever wrote it."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class TitleMissing(Refused):
    """An idea without a name is found by nobody."""

    code = "title_missing"
    field = "title"

    def __init__(self) -> None:
        super().__init__(_("Give your idea a title."))


class IdeaEmpty(Refused):
    """A title and nothing else."""

    code = "idea_empty"
    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Say what your idea is."))


class OffTheMaps(Refused):
    """A place that is on no map: nobody would find it."""

    code = "off_the_maps"
    field = "point"

    def __init__(self) -> None:
        super().__init__(_("This point is on none of the maps. Choose one within a city."))


class SimilarIdeas(Refused):
    """Something much like it is there; whoever means something else may send it all the same."""

    code = "similar_ideas"
    field = "has_seen_similar"

    def __init__(self) -> None:
        super().__init__(_("Something like it is there already. Look at it before you send yours."))
