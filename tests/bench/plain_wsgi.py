"""Our site without anything in front of Django: what a process keeps at hand is left out."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
