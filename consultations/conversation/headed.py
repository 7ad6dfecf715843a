"""What a comment or an idea is called where it stands alone: what it is, and whose."""

from django.utils.translation import gettext as _

from consultations.models import Contribution


def headed(comment: Contribution) -> str:
    """Return the kind and who wrote it, as readers are told; after "by" stands a name only."""
    if comment.event is not None:
        return _session(comment)
    name = {"name": comment.author_name}
    if comment.is_named or comment.shows_organisation:
        kind = _("Idea by %(name)s") if comment.is_idea else _("Comment by %(name)s")
    else:
        kind = _("Idea – %(name)s") if comment.is_idea else _("Comment – %(name)s")
    return kind % name


def _session(comment: Contribution) -> str:
    if not comment.names_session:
        return _("Said at a session")
    return _("Said at “%(title)s”") % {"title": comment.author_name}
