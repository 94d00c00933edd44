"""What the choices of a definition are called, in forms and on pages."""

from django.utils.translation import gettext_lazy

from ledtrad.core.assessment import Sense

SENSES = (
    (Sense.MORE.value, gettext_lazy("the higher the better")),
    (Sense.LESS.value, gettext_lazy("the lower the better")),
    (Sense.BAND.value, gettext_lazy("within a band")),
)
BREAK_WORDS = {
    "wording": gettext_lazy("New wording of the question"),
    "mode": gettext_lazy("New mode of collection"),
    "area": gettext_lazy("New area"),
    "source": gettext_lazy("New source"),
    "method": gettext_lazy("New method"),
}
SPLIT_WORDS = {
    "district": gettext_lazy("district"),
    "age": gettext_lazy("age"),
    "provider": gettext_lazy("own or private provider"),
}
