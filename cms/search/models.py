"""What the search knows beside the index: how names are typed and shortened, and by which dictionary texts were cut.

Nothing here is a fact of its own: `update_index` makes all of it again.
"""

from __future__ import annotations

from django.db import models


class Term(models.Model):
    """Something one may ask for: a name of an object, whole or short, or a word that stands in names.

    Only of what is live. Texts are folded (see `rules.segmentation.fold`).
    """

    text = models.CharField(max_length=255, db_index=True)
    # How it is typed: ranqi, rq.
    pinyin = models.CharField(max_length=255, blank=True, db_index=True)
    initials = models.CharField(max_length=64, blank=True, db_index=True)
    # Of a word: both empty.
    model = models.CharField(max_length=64, blank=True)
    key = models.BigIntegerField(null=True)
    # As it is written; of a short name too, the whole one.
    title = models.CharField(max_length=255, blank=True)
    # The more, the earlier it is suggested.
    weight = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "key", "text"], name="term_once"),
            # Databases hold empty keys for different.
            models.UniqueConstraint(fields=["text"], condition=models.Q(key=None), name="word_once"),
        ]

    def __str__(self) -> str:
        return self.text


class NearKey(models.Model):
    """A key a term shares with what differs in one character (see `rules.near_misses`)."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="near_keys")
    number = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number} {self.term_id}"


class IndexState(models.Model):
    """By which words of our own all of the index was cut; one row."""

    words = models.TextField(blank=True)
    version = models.CharField(max_length=16, blank=True)
    built_at = models.DateTimeField(null=True)
    # The engine that holds all of it too, and by which words it was written; empty while one is being built.
    engine = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=16, blank=True)
    engine_building = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.version


class Unsent(models.Model):
    """An object that changed, or is gone, of which the search engine has not heard."""

    # The root of its kind: a page is a page, whatever it is beside.
    model = models.CharField(max_length=100)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.model}:{self.key}"
