"""Triggers that refuse UPDATE and DELETE of versions, on both databases.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration must run
``refuse`` again (tests/diplomas/test_register.py notices).
"""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER diplomas_version_no_update BEFORE UPDATE ON diplomas_entryversion
       BEGIN SELECT RAISE(ABORT, 'the register only grows'); END""",
    """CREATE TRIGGER diplomas_version_no_delete BEFORE DELETE ON diplomas_entryversion
       BEGIN SELECT RAISE(ABORT, 'the register only grows'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION diplomas_register_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the register only grows' USING ERRCODE = '23001'; END $$""",
    """CREATE TRIGGER diplomas_version_no_change BEFORE UPDATE OR DELETE ON diplomas_entryversion
       FOR EACH ROW EXECUTE FUNCTION diplomas_register_only_grows()""",
    """CREATE TRIGGER diplomas_version_no_truncate BEFORE TRUNCATE ON diplomas_entryversion
       FOR EACH STATEMENT EXECUTE FUNCTION diplomas_register_only_grows()""",
)
SQLITE_BACK = ("DROP TRIGGER diplomas_version_no_update", "DROP TRIGGER diplomas_version_no_delete")
POSTGRESQL_BACK = (
    "DROP TRIGGER diplomas_version_no_change ON diplomas_entryversion",
    "DROP TRIGGER diplomas_version_no_truncate ON diplomas_entryversion",
    "DROP FUNCTION diplomas_register_only_grows()",
)


def refuse(_apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def allow(_apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("diplomas", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
