"""Installed apps, middleware, templates. The order of the apps matters twice, see the comments."""

from __future__ import annotations

from .env import BASE_DIR, EXTRA_APPS

# Each industry template is an app of its own: installed here, assigned to a branch in the admin.
INDUSTRY_APPS = [
    "industries.generic",
    "industries.education",
    "industries.health",
    "industries.water",
    "industries.gas",
    "industries.heating",
    "industries.power",
    "industries.transport",
    "industries.environment",
    "industries.community",
]

INSTALLED_APPS = [
    # Policies of our own models must be registered before wagtail.snippets gets ready.
    "snippets",
    "pages",
    "workflows",
    "cms.joint",
    *INDUSTRY_APPS,
    *EXTRA_APPS,
    "blocks",
    "wagtail_localize",
    # Not wagtail_localize.locales: it offers to copy a whole tree into another language.
    "wagtail.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "cms.desk.users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail.api.v2",
    "wagtail",
    # wagtail.images and wagtail.documents overwrite the policy of their model in ready(): the roof, which registers
    # ours, must come after.
    "accounts",
    "ledger",
    "media",
    "cms",
    "cms.delivery",
    "cms.subscriptions",
    "cms.connectors",
    "cms.search",
    "cms.service_health",
    "cms.demand",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of all that answers: it counts what was sent.
    "cms.demand.middleware.DemandMiddleware",
    # Outside of all that changes an answer.
    "cms.delivery.validators.ValidatorMiddleware",
    # Inside of those, outside of all that renders: it sends what was rendered before.
    "cms.delivery.stored.middleware.StoredReadMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before the locale is read from the path: it takes /zh-hant/ off.
    "cms.delivery.traditional.TraditionalMiddleware",
    "cms.delivery.redirecting.RedirectMiddleware",
    "cms.delivery.modes.ReadingModeMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ledger.origin.OriginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Before every view, after nothing that a view needs.
    "cms.addresses.AddressMiddleware",
    # Inside of both: it reads where a request comes from and what it is told.
    "cms.audit.middleware.AuditMiddleware",
    "cms.desk.collisions.CollisionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.sign_in.middleware.SignInMiddleware",
    # Puts the locked page in the place of whatever was answered.
    "axes.middleware.AxesMiddleware",
    # The last: it answers in the place of a view.
    "cms.countersigning.middleware.CountersigningMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our templates win over every app's, so that the few wagtailadmin/ overrides need no app order.
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context.portal",
            ],
        },
    },
]
