"""What a reader hands in on the check page."""

import base64
import binascii

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 10 * 1024 * 1024


class CheckForm(forms.Form):
    """A pasted text or a file; or, when a download is asked for, the same file again as base64."""

    text = forms.CharField(required=False, strip=False)
    file = forms.FileField(required=False, allow_empty_file=True)
    content = forms.CharField(required=False)
    name = forms.CharField(required=False, max_length=255)
    against = forms.CharField(required=False, max_length=80)

    def clean_content(self) -> bytes | None:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True) or None
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("The file did not come through whole. Choose it once more.")) from None

    def clean(self) -> dict[str, object]:
        """Puts what was handed in, whichever way, under `data` and `called`."""
        given = super().clean() or {}
        file = self.files.get("file")
        if file is not None:
            _refuse_too_large(file.size)
            given |= {"data": file.read(), "called": file.name}
        elif given.get("content"):
            given |= {"data": given["content"], "called": given.get("name", "")}
        elif given.get("text", "").strip():
            given |= {"data": given["text"].encode(), "called": ""}
        elif not self.errors:
            raise forms.ValidationError(_("Paste a text or choose a file first. Then it can be checked."))
        _refuse_too_large(len(given.get("data", b"")))
        return given


def _refuse_too_large(size: int) -> None:
    if size > LARGEST_UPLOAD:
        raise forms.ValidationError(
            _(
                "The text is %(size)d MB, and this page takes at most %(most)d MB. Check one section at a time, "
                "or use the command “ledtrad report check”."
            ),
            params={"size": round(size / 1_048_576), "most": LARGEST_UPLOAD // 1_048_576},
        )
