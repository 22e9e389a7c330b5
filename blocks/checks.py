"""Name the content whose template is gone. Asks the database, so it runs with `check --database` and `migrate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections, models

from .fields import ContentStreamField

TYPES_SQL = {
    "postgresql": (
        "SELECT DISTINCT item ->> 'type' FROM {table} "
        "CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof({column}) WHEN 'array' THEN {column} END) AS item"
    ),
    "sqlite": (
        "SELECT DISTINCT json_extract(item.value, '$.type') FROM {table}, json_each({table}.{column}) AS item "
        "WHERE json_type({table}.{column}) = 'array' AND item.type = 'object'"
    ),
}


@register(Tags.database)
def check_sealed_content(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of published content that is sealed because no installed plugin brings its block."""
    return [
        Warning(
            f"{field} holds blocks nobody can read: {', '.join(sorted(types))}. They are kept sealed.",
            hint="Install the plugin that brought them, or let editors replace them.",
            obj=field,
            id="blocks.W001",
        )
        for alias in databases or ()
        for field, types in unknown_block_types(alias)
    ]


def unknown_block_types(alias: str = "default") -> Iterator[tuple[ContentStreamField, set[str]]]:
    """Yield each content field with the block types stored in it that it has no block for."""
    tables = set(connections[alias].introspection.table_names())
    for field in content_fields():
        if field.model._meta.db_table in tables and (unknown := _stored_types(field, alias) - _known(field)):
            yield field, unknown


def content_fields() -> Iterator[ContentStreamField]:
    """Yield every content field with a column of its own."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ContentStreamField):
                yield field


def _known(field: ContentStreamField) -> set[str]:
    return set(field.stream_block.child_blocks)


def _stored_types(field: models.Field[Any, Any], alias: str) -> set[str]:
    connection = connections[alias]
    table, column = map(connection.ops.quote_name, (field.model._meta.db_table, str(field.column)))
    with connection.cursor() as cursor:
        cursor.execute(TYPES_SQL[connection.vendor].format(table=table, column=column))
        return {name for (name,) in cursor.fetchall()}
