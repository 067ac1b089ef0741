"""The room's place in Django: the rules of returns are asked when a fact is recorded."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The room."""

    name = "righthelp.returns"
    label = "returns"

    def ready(self) -> None:
        from righthelp.engine import generated
        from righthelp.engine.after import follows_steps
        from righthelp.returns.cin.at_entry import after_steps
        from righthelp.returns.ssd import described

        generated.MAKERS.append(lambda: {"ssd.md": described.document()})
        follows_steps(after_steps)
