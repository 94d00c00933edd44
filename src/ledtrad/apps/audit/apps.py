from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ledtrad.apps.audit"
    label = "audit"
    verbose_name = "Logg"
