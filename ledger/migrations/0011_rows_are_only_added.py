"""Events and seals are only ever added: the database itself refuses to change and to empty them.

Deleting is left to the purge of what is older than 180 days (GB/T 22239-2019, 网络安全法第二十一条): on PostgreSQL only
in a transaction that says so, on both never anything younger.
"""

from django.db import migrations

TABLES = {"ledger_event": "at", "ledger_seal": "sealed_at"}

POSTGRESQL_FUNCTION = """
CREATE FUNCTION ledger_rows_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    happened timestamptz;
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('gongkai.purge', true) = 'on' THEN
        happened := to_jsonb(OLD) ->> TG_ARGV[0];
        IF happened < now() - interval '180 days' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit rows are only added: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
POSTGRESQL_TRIGGERS = """
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_rows_are_only_added('{column}');
CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_are_only_added('{column}');
"""
POSTGRESQL_WITHOUT = """
DROP TRIGGER {table}_rows_stay ON {table};
DROP TRIGGER {table}_stays ON {table};
"""
SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER {table}_rows_stay BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER {table}_rows_remain BEFORE DELETE ON {table}
    WHEN OLD.{column} >= datetime('now', '-180 days')
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added: DELETE refused'); END
    """,
)
SQLITE_WITHOUT = ("DROP TRIGGER {table}_rows_stay", "DROP TRIGGER {table}_rows_remain")


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        run(schema_editor, [POSTGRESQL_TRIGGERS])
    elif schema_editor.connection.vendor == "sqlite":
        run(schema_editor, SQLITE_TRIGGERS)


def remove_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        run(schema_editor, [POSTGRESQL_WITHOUT])
        schema_editor.execute("DROP FUNCTION ledger_rows_are_only_added()", params=None)
    elif schema_editor.connection.vendor == "sqlite":
        run(schema_editor, SQLITE_WITHOUT)


def run(schema_editor, statements):
    for table, column in TABLES.items():
        for statement in statements:
            schema_editor.execute(statement.format(table=table, column=column), params=None)


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0010_event_seals"),
    ]

    operations = [
        migrations.RunPython(add_triggers, remove_triggers),
    ]
