"""What may come in as a photograph: decoded to the last row, re-made without its metadata."""

import warnings
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from partnership.pages.languages import CODES, localized, own_name

#: How each format we take is written again.
SAVED_AS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80},
}
BROKEN = _("This file is damaged or is no photograph. Save it again as JPEG or PNG and retry.")


def remade(upload: UploadedFile) -> SimpleUploadedFile:
    """Return the same picture written anew: no place, no camera, nothing hidden behind it.

    Raises ValidationError when it cannot be decoded completely or is of another kind.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            upload.seek(0)
            picture = Pillow.open(upload, formats=tuple(SAVED_AS))
            kind = picture.format or ""
            upright = ImageOps.exif_transpose(picture)
            upright.load()
        out = BytesIO()
        _bare(upright, kind).save(
            out, format=kind, icc_profile=picture.info.get("icc_profile"), **SAVED_AS[kind]
        )
    except Exception as error:  # a decoder fails in a hundred ways, and none may be a 500
        raise ValidationError(BROKEN, code="invalid_image") from error
    return SimpleUploadedFile(upload.name or "photo", out.getvalue(), Pillow.MIME[kind])


def _bare(picture: Pillow.Image, kind: str) -> Pillow.Image:
    """Return only the pixels, in a mode the format can hold."""
    if kind == "JPEG" and picture.mode not in {"RGB", "L"}:
        return picture.convert("RGB")
    bare = picture.copy()
    bare.info = {}
    return bare


class PhotoField(WagtailImageField):
    """Wagtail's field asks for type, size and pixels; a cut file would break it."""

    def to_python(self, data: Any) -> Any:
        try:
            upload = super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(BROKEN, code="invalid_image") from error
        return remade(upload) if isinstance(upload, UploadedFile) else upload


class PhotoForm(BaseImageForm):
    """The form of every way a photo comes in: one by one, many at once, out of a page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields.get("file")
        if file is not None:
            self.fields["file"] = PhotoField(
                label=file.label, required=file.required, widget=file.widget
            )
        for code in CODES:
            field = self.fields.get(localized("description", code))
            if field is not None:
                field.label = _("Description (%(language)s)") % {"language": own_name(code)}
                field.help_text = _("What a person who cannot see the photo should know.")
