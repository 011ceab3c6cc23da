"""The web processes' entry: granian and gunicorn serve ``application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.embedded")
_portal = get_wsgi_application()

from admissions.ports import whole_pages  # noqa: E402 - once the settings are known

application = whole_pages(_portal)
