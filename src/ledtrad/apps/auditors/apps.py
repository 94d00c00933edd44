from django.apps import AppConfig


class AuditorsConfig(AppConfig):
    name = "ledtrad.apps.auditors"
    label = "auditors"
    verbose_name = "Revision"
