"""The engine's place in Django: its start-up checks close the world before anything is served."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """The engine."""

    name = "righthelp.engine"
    label = "engine"

    def ready(self) -> None:
        from righthelp.engine import checks  # noqa: F401  (importing registers them)
