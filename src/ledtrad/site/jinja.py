"""Jinja2 for the big tables: the same addresses, translations and static files as in Django's templates."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined

from ledtrad.site.menu import actor_in, is_there, menu
from ledtrad.site.template_words import FILTERS, GLOBALS


def environment(**options: Any) -> Environment:
    """An environment that escapes everything and refuses unknown names."""
    env = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    env.globals.update(static=static, url=_url, actor_in=actor_in, is_there=is_there, menu=menu, **GLOBALS)
    env.filters.update(FILTERS)
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    return _address(settings.ROOT_URLCONF, get_script_prefix(), name, args)


# A page with hundreds of links asks for most of them again and again; Django looks through all patterns each time.
@lru_cache(maxsize=20_000)
def _address(urls: str, prefix: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, urlconf=urls, args=args or None)
