"""One versioned update, and one page to read meanwhile."""

import json

from benches.deadline_peer.models import Text
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_POST

READ_AT_ONCE = 100


@require_POST
def save(request: HttpRequest, text_id: int) -> HttpResponse:
    """Store the text when it rests on the version that is there."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=403)
    sent = json.loads(request.body)
    with transaction.atomic():
        stored = Text.objects.filter(pk=text_id, version=sent["rests_on"]).update(
            content=sent["content"]["result"], version=F("version") + 1
        )
    if not stored:
        return JsonResponse({}, status=409)
    return JsonResponse({"version": sent["rests_on"] + 1})


def who(request: HttpRequest) -> HttpResponse:
    """The token that the next save needs."""
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


def page(request: HttpRequest) -> HttpResponse:
    """A page with some texts, for whoever reads."""
    return render(request, "texts.html", {"texts": Text.objects.order_by("pk")[:READ_AT_ONCE]})
