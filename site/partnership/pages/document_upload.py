"""What may come in as a document: what its name says it is, as large as backups can carry."""

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

PACKED = (b"PK\x03\x04", b"PK\x05\x06")
#: What the first bytes of each kind are; what is not named here is text.
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("zip", "xlsx", "odt", "ods"), PACKED),
}
#: Text in two bytes a sign says so first, and may hold zeros.
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")
FIRST = 1024
#: Bytes; nginx lets somewhat more through (README), so that whoever sends too much is told here.
LARGEST = 25 * 1024 * 1024
TOO_LARGE = _("This file has %(size)s, and %(most)s is the most. Make it smaller and retry.")
SOMETHING_ELSE = _(
    "The name ends in .%(ending)s, but inside is something else. Save the file again in that "
    "format and retry."
)


def is_what_it_says(ending: str, first: bytes) -> bool:
    """Whether a file whose name has that ending may begin like this."""
    if ending in BEGINNINGS:
        return first.startswith(BEGINNINGS[ending])
    known = tuple(begin for begins in BEGINNINGS.values() for begin in begins)
    return first.startswith(WIDE_TEXT) or not (first.startswith(known) or b"\0" in first)


class DocumentForm(BaseDocumentForm):
    """The form of every way a document comes in: one by one, many at once, out of a page."""

    def _post_clean(self) -> None:
        # After the document itself was asked, which complains of the ending of a file that is
        # not there any more.
        super()._post_clean()
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile) and "file" not in self.errors:
            self._check_beginning(upload)
            self._check_size(upload)

    def _check_size(self, upload: UploadedFile) -> None:
        size = upload.size or 0
        if size > LARGEST:
            told = {"size": filesizeformat(size), "most": filesizeformat(LARGEST)}
            self.add_error("file", TOO_LARGE % told)

    def _check_beginning(self, upload: UploadedFile) -> None:
        """Refuse a file that only its name makes a document; which names are taken is a setting."""
        ending = (upload.name or "").rpartition(".")[2].lower()
        upload.seek(0)
        first = upload.read(FIRST)
        upload.seek(0)
        if not is_what_it_says(ending, first):
            self.add_error("file", SOMETHING_ELSE % {"ending": ending})
