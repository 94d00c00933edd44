from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "ledtrad.apps.surveys"
    label = "surveys"
    verbose_name = "Enkäter"
