from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ledtrad.apps.people"
    label = "people"
    verbose_name = "Personer"
