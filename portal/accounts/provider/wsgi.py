"""The sample provider's process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.accounts.provider.settings"

application = get_wsgi_application()
