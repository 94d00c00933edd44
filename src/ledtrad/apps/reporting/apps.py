from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "ledtrad.apps.reporting"
    label = "reporting"
    verbose_name = "Rapportering"
