"""Fill the stock site."""

import sys
from pathlib import Path

import django

django.setup()

from .load import main  # noqa: E402 (models are ready only now)

main(Path(sys.argv[1]))
