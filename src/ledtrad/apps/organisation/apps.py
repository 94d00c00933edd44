from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "ledtrad.apps.organisation"
    label = "organisation"
    verbose_name = "Organisation"
