from django.apps import AppConfig


class NeighboursConfig(AppConfig):
    name = "ledtrad.apps.neighbours"
    label = "neighbours"
    verbose_name = "Grannar"
