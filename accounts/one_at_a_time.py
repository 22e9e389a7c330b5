"""One act at a time on what can be approved: submitting, editing, taking back from the public.

A draft has no row yet that says "submitted": two who press at the same moment would both find it free. They wait for
each other by the subject's number. The order of locks, everywhere: this one, a bundle, workflow states and their task
states, versions that wait for their hour, the subject's own row, what hangs on it (reviews, withdrawals, schedules).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django.contrib.admin.utils import unquote
from django.db import connection, transaction

from .responsibility import base_type

if TYPE_CHECKING:
    from django.http import HttpRequest


def hold(*subjects: tuple[Any, Any]) -> None:
    """Wait until no other transaction acts on one of these: each is its model and its number.

    Call it inside a transaction, before anything of the subject is read; the lock ends with it. SQLite has one writer
    anyway.
    """
    if connection.vendor != "postgresql":
        return
    # Always in the same order. Two numbers of one key: never the one of `pages.tree_lock`.
    keys = sorted({(base_type(model).pk, crc32(str(pk).encode()) - 2**31) for model, pk in subjects})
    with connection.cursor() as cursor:
        for kind, number in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, number])


class OneSubjectAtATimeMixin:
    """An editor: what is posted is read, checked and written in one transaction that keeps the next one waiting."""

    model: Any
    subject_kwarg = "pk"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Wait for the subject before anything of it is read."""
        stock: Any = super()
        answer = stock.as_view(**initkwargs)
        model = initkwargs.get("model") or cls.model

        @wraps(answer)
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method != "POST":
                return answer(request, *args, **kwargs)
            with transaction.atomic():
                hold((model, unquote(str(kwargs[cls.subject_kwarg]))))
                return answer(request, *args, **kwargs)

        return view
