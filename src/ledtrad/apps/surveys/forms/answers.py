"""What is sent about the answers of a wave: the file, that it is taken in, and that answers are deleted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswersForm(forms.Form):
    """A file of answers with its codebook; SPSS files bring their own."""

    file = forms.FileField(
        allow_empty_file=True, max_length=300, error_messages={"required": _("Choose a file with answers first.")}
    )
    codebook = forms.FileField(allow_empty_file=True, max_length=300, required=False)


class TakeInForm(forms.Form):
    """That the file is taken in: which misfits were seen, and why they may stand."""

    seen = forms.CharField(required=False, max_length=64)
    accepted = forms.CharField(required=False, max_length=2000)


class DeleteForm(forms.Form):
    """That the answers are deleted, and why."""

    why = forms.CharField(required=False, max_length=2000)
    sure = forms.BooleanField(error_messages={"required": _("Tick that the answers are to be deleted for good.")})
