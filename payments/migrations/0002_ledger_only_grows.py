"""Triggers that refuse UPDATE and DELETE of ledger entries, on both databases.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration must run
``refuse`` again (tests/payments/test_ledger.py notices).
"""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER payments_ledger_no_update BEFORE UPDATE ON payments_ledgerentry
       BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    """CREATE TRIGGER payments_ledger_no_delete BEFORE DELETE ON payments_ledgerentry
       BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION payments_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = '23001'; END $$""",
    """CREATE TRIGGER payments_ledger_no_change BEFORE UPDATE OR DELETE ON payments_ledgerentry
       FOR EACH ROW EXECUTE FUNCTION payments_ledger_only_grows()""",
    """CREATE TRIGGER payments_ledger_no_truncate BEFORE TRUNCATE ON payments_ledgerentry
       FOR EACH STATEMENT EXECUTE FUNCTION payments_ledger_only_grows()""",
)
SQLITE_BACK = (
    "DROP TRIGGER payments_ledger_no_update",
    "DROP TRIGGER payments_ledger_no_delete",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER payments_ledger_no_change ON payments_ledgerentry",
    "DROP TRIGGER payments_ledger_no_truncate ON payments_ledgerentry",
    "DROP FUNCTION payments_ledger_only_grows()",
)


def refuse(_apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def allow(_apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
