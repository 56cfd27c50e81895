"""Django and Django REST framework behind gunicorn, their settings in one file."""

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="django_views",
    SECRET_KEY="for tests only",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None, "DEFAULT_AUTHENTICATION_CLASSES": []},
    LOGGING_CONFIG=None,
)


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{sys.argv[1]}")
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "critical")

    def load(self):
        return get_wsgi_application()


Server().run()
