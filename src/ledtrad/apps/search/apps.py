from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "ledtrad.apps.search"
    label = "search"
    verbose_name = "Sökning"
