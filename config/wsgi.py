"""What the web server serves. It refuses to start where the database does not hold what the code promises."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from righthelp.guard.rowsecurity import refuse_if_unguarded  # noqa: E402  (Django's settings come first)

refuse_if_unguarded()
