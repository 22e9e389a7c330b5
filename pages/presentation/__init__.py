"""How pages become what templates show: addresses, breadcrumbs, rows, facts. Reads only; nothing here decides.

`frame` is what every page shows around its content, `head` what machines read of it, `present` the content by page
type. Import these from here; nothing that this module imports knows a model of `pages`, because the page classes
themselves import it.
"""

from __future__ import annotations

from .dispatch import present
from .frame import frame
from .head import head
from .reader import Reader

__all__ = ["Reader", "frame", "head", "present"]
