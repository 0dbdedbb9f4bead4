"""The languages of the product."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language == Language.ARABIC else "ltr"
