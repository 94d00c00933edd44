"""A text with a version."""

from django.db import models


class Text(models.Model):
    """What one person writes."""

    content = models.TextField(default="")
    version = models.PositiveIntegerField(default=0)
