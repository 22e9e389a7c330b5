"""What every environment shares. One topic per module; no `if` here."""

from .api import *  # noqa: F403
from .apps import *  # noqa: F403
from .connectors import *  # noqa: F403
from .database import *  # noqa: F403
from .demand import *  # noqa: F403
from .env import ALLOWED_HOSTS as ALLOWED_HOSTS
from .env import BASE_DIR as BASE_DIR
from .env import BASE_URL as BASE_URL
from .env import CSRF_TRUSTED_ORIGINS as CSRF_TRUSTED_ORIGINS
from .env import SECRET_KEY as SECRET_KEY
from .env import SITE_IS_SAMPLE as SITE_IS_SAMPLE
from .env import VAR_DIR as VAR_DIR
from .files import *  # noqa: F403
from .languages import *  # noqa: F403
from .search import *  # noqa: F403
from .security import *  # noqa: F403
from .service_map import *  # noqa: F403
from .services import *  # noqa: F403
from .sign_in import *  # noqa: F403
from .wagtail import *  # noqa: F403

DEBUG = IS_PRODUCTION = False
