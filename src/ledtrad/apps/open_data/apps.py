from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "ledtrad.apps.open_data"
    label = "open_data"
    verbose_name = "Öppna data"
