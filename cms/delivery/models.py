"""What is kept of what the public reads: rendered bytes, what they rest on, and in which order all of it changed.

Nothing here is a fact of its own: all of it can be thrown away and is made again from pages and rows.
"""

from __future__ import annotations

from django.db import models


class Era(models.Model):
    """Grows when something changes that stands in every answer; one row.

    `frame` counts what stands around every page (menu, footer, portal settings), `content` what stands in everything.
    """

    frame = models.BigIntegerField(default=1)
    content = models.BigIntegerField(default=1)
    # The last number given to a change; up to which one tombstones were forgotten; when all objects were first counted.
    number = models.BigIntegerField(default=0)
    forgotten = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    # When all rows were counted; see `Total`.
    totalled_at = models.DateTimeField(null=True)
    # Up to which object (by id) all are numbered anew after a change of everything; none when that is done.
    renumbered = models.BigIntegerField(null=True)
    # How often changes were settled; see `StoredList`.
    settled = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.frame}.{self.content}"


class PublicObject(models.Model):
    """Something other sites can mirror, with its place in the order of changes; gone ones stay as tombstones."""

    endpoint = models.CharField(max_length=32)
    key = models.BigIntegerField()
    language = models.CharField(max_length=12, blank=True)
    is_public = models.BooleanField(default=True)
    # Its page still exists: what was withdrawn answers with the reason, what was deleted does not.
    exists = models.BooleanField(default=True)
    # Given after the transaction that changed it is over; none while that is still to be done.
    number = models.BigIntegerField(null=True, unique=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "key"], name="public_object_once")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(number=None), name="public_object_unnumbered"),
            models.Index(fields=["changed_at"], condition=models.Q(is_public=False), name="public_object_gone"),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.key} {self.number}"


class StoredRead(models.Model):
    """The answer under one address, ready to be sent.

    It is sent while it is fresh and of the present era. Whoever changes something marks what rests on it, in the same
    transaction; the next reader, or the worker, stores it anew.
    """

    address = models.CharField(max_length=700)
    # "elder" in large type; empty otherwise.
    variant = models.CharField(max_length=8, blank=True)
    subject = models.ForeignKey(PublicObject, on_delete=models.SET_NULL, null=True, related_name="reads")

    # Grows with each mark: what was rendered before one is not stored after it.
    wanted = models.BigIntegerField(default=1)
    is_fresh = models.BooleanField(default=False)
    era = models.CharField(max_length=64, blank=True)
    # Some answers change with the clock.
    fresh_until = models.DateTimeField(null=True)

    # What it rests on: its place in the tree, the branch it lists, and other things by topic (see `Dependency`).
    path = models.CharField(max_length=255, blank=True, db_index=True)
    lists = models.CharField(max_length=255, blank=True)
    topics = models.TextField(blank=True)

    body = models.BinaryField(null=True)
    # What a list shows of it, where that is less.
    listed = models.BinaryField(null=True)
    headers = models.JSONField(default=dict)
    stored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "variant"], name="stored_read_once")]
        indexes = [
            models.Index(fields=["lists"], condition=~models.Q(lists=""), name="stored_read_lists"),
            models.Index(fields=["id"], condition=models.Q(is_fresh=False), name="stored_read_stale"),
        ]

    def __str__(self) -> str:
        return self.address


class StoredList(models.Model):
    """A whole list of the API, ready to be sent until anything public changes.

    It is sent while no change waits to be settled and none was settled since it was put together: nobody who
    publishes has to mark it. Stored anew it is another row, so that the lowest numbers are the longest unasked.
    """

    # Path and query, as asked.
    address = models.CharField(max_length=1000, unique=True)
    era = models.CharField(max_length=64)
    # `Era.settled` before the first row was read.
    settled = models.BigIntegerField()
    fresh_until = models.DateTimeField(null=True)
    body = models.BinaryField()
    headers = models.JSONField(default=dict)
    stored_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.address


class Dependency(models.Model):
    """One topic a stored read rests on."""

    read = models.ForeignKey(StoredRead, on_delete=models.CASCADE, related_name="dependencies")
    topic = models.CharField(max_length=96, db_index=True)

    def __str__(self) -> str:
        return self.topic


class PublicChange(models.Model):
    """A change as it was told, written in its transaction; settled after it, by whoever comes first.

    Settling marks again what was stored while the transaction was still open, and numbers what changed. Its rows are
    also how each process learns that what it keeps at hand may be old.
    """

    told_at = models.DateTimeField(auto_now_add=True)
    change = models.JSONField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(settled_at=None), name="public_change_unsettled")]

    def __str__(self) -> str:
        return f"{self.told_at:%Y-%m-%d %H:%M:%S}"


class CountedRow(models.Model):
    """A disclosure or notice as it was last counted; see `Total`."""

    page = models.BigIntegerField(primary_key=True)
    endpoint = models.CharField(max_length=32)
    language = models.CharField(max_length=12)
    translation_key = models.UUIDField(db_index=True)
    organisation = models.BigIntegerField(null=True)
    entry = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.page}"


class Total(models.Model):
    """How many public rows of one language there are, of an organisation, of an entry, of both, or (0) of any."""

    endpoint = models.CharField(max_length=32)
    language = models.CharField(max_length=12)
    organisation = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "language", "entry", "organisation"], name="total_once")
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.organisation}/{self.entry}: {self.number}"
