"""The room's place in Django."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The room."""

    name = "righthelp.returns"
    label = "returns"

    def ready(self) -> None:
        from righthelp.engine import generated
        from righthelp.returns.ssd import described

        generated.MAKERS.append(lambda: {"ssd.md": described.document()})
