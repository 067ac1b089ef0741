"""How every form looks and speaks: GOV.UK markup made by Django's own form renderer.

Nothing here knows a process, a record or a database, so any room may use the fields and widgets.
"""

from righthelp.engine.rendering.renderer import GovukRenderer

__all__ = ["GovukRenderer"]
