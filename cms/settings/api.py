"""The read API and its documentation."""

from __future__ import annotations

from typing import Any

from .env import API_CORS_ORIGINS as API_CORS_ORIGINS
from .env import API_RATE_LIMIT as API_RATE_LIMIT
from .env import API_RATE_SECONDS as API_RATE_SECONDS
from .env import API_TOKEN_RATE_LIMIT as API_TOKEN_RATE_LIMIT
from .env import API_TOKEN_WRITE_LIMIT as API_TOKEN_WRITE_LIMIT
from .env import API_UPLOAD_MAX_BYTES as API_UPLOAD_MAX_BYTES
from .env import API_WRITE_MAX_BYTES as API_WRITE_MAX_BYTES
from .env import BASE_URL
from .env import EXPORT_ATTRIBUTION as EXPORT_ATTRIBUTION
from .env import EXPORT_LICENCE as EXPORT_LICENCE
from .env import EXPORT_LICENCE_URL as EXPORT_LICENCE_URL
from .env import EXPORT_MAX_ROWS as EXPORT_MAX_ROWS
from .env import EXPORT_ROOT as EXPORT_ROOT
from .env import FRONTEND_PREVIEW_URL as FRONTEND_PREVIEW_URL

WAGTAILAPI_BASE_URL = BASE_URL
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_SEARCH_ENABLED = True
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "办事公开 API",
    "DESCRIPTION": (
        "公共企事业单位办事公开网的接口。读取：匿名、JSON、跨域可读。写入：凭令牌起草、提交，逐级审核后公开。"
        "出错时按 RFC 9457 返回 application/problem+json：detail 是一句话，parameter 指出哪个参数。"
    ),
    "VERSION": "2",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVERS": [{"url": "/"}],
    # Vocabularies stand where they are used; the hook that names them all guesses, and warns when it cannot.
    "POSTPROCESSING_HOOKS": [
        "cms.api.writing.hook.describe_writing",
        "cms.api.openapi.tidy",
        "cms.webhooks.described.describe",
        "cms.api.openness.open_answers",
    ],
    "PREPROCESSING_HOOKS": ["cms.api.openapi.ours_only"],
    "SORT_OPERATION_PARAMETERS": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "defaultModelsExpandDepth": 0},
    "REDOC_DIST": "SIDECAR",
}
