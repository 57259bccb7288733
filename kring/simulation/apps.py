from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "kring.simulation"
    verbose_name = "doorrekenen"
