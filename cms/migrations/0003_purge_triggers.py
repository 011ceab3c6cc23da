"""Facts that pages quote forget kept pages in their own transaction, however they are written."""

from django.db import migrations

# a bulk update sends no signal, and a duty would come a moment late
TABLES = ("procedures_feerow", "procedures_deadlinerow", "organisations_organisation")
EVENTS = ("INSERT", "UPDATE", "DELETE")
RAISE = "UPDATE cms_cachegeneration SET number = number + 1"


def create(apps, schema_editor):
    apps.get_model("cms", "CacheGeneration").objects.get_or_create(pk=1, defaults={"number": 1})
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION cms_forget_pages() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {RAISE}; RETURN NULL; END $$"
        )
    for table in TABLES:
        for event in EVENTS:
            name = f"{table}_{event.lower()}_forgets_pages"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} AFTER {event} ON {table}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION cms_forget_pages()"
                )
            else:
                schema_editor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {RAISE}; END")


def drop(apps, schema_editor):
    for table in TABLES:
        for event in EVENTS:
            name = f"{table}_{event.lower()}_forgets_pages"
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_content"),
        ("procedures", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [migrations.RunPython(create, drop)]
