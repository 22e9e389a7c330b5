"""Languages and time. Simplified Chinese is the source; Traditional is converted on the way out (cms.delivery)."""

from __future__ import annotations

from .env import BASE_DIR

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
LOCALE_PATHS = [BASE_DIR / "locale"]

# A translated copy starts as a draft and obeys approval like everything else.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# OpenCC's configuration for /zh-hant/.
TRADITIONAL_CONVERSION = "s2t"
