"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

django_application = get_wsgi_application()

from django.db import connections  # noqa: E402 (apps are ready only now)

from cms.checks import refuse_to_start  # noqa: E402
from cms.delivery.stored.at_hand import AtHand  # noqa: E402

refuse_to_start()
application = AtHand(django_application)
# gunicorn may fork after this: no two processes share a connection.
connections.close_all()
