"""What is read and searched: whether it is counted, how long numbers are kept, from how many on they are shown."""

from __future__ import annotations

from .env import COUNT_DEMAND as COUNT_DEMAND
from .env import DEMAND_DAYS as DEMAND_DAYS
from .env import DEMAND_LOGS as DEMAND_LOGS
from .env import DEMAND_QUERY_DAYS as DEMAND_QUERY_DAYS
from .env import DEMAND_QUERY_MIN as DEMAND_QUERY_MIN
from .env import DEMAND_QUERY_WINDOW as DEMAND_QUERY_WINDOW
from .env import DEMAND_ROOT as DEMAND_ROOT
from .env import DEMAND_SHOWN_FROM as DEMAND_SHOWN_FROM
