from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "ledtrad.apps.steering"
    label = "steering"
    verbose_name = "Styrår"
