from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "ledtrad.apps.goals"
    label = "goals"
    verbose_name = "Mål"
