"""Why a backup is not made, or not put back, in words for whoever runs the site."""


class CannotBackUp(Exception):  # noqa: N818 - said to a person, not handled
    """What is in the way."""


class CannotRestore(Exception):  # noqa: N818 - said to a person, not handled
    """What is wrong with the file or the place it would go to."""
