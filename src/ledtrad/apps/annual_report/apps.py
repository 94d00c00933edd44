from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    name = "ledtrad.apps.annual_report"
    label = "annual_report"
    verbose_name = "Årsredovisning"
