from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "ledtrad.apps.indicators"
    label = "indicators"
    verbose_name = "Indikatorer"
