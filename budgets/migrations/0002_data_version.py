"""The one row that counts publications."""

from django.db import migrations


def add_data_version(apps, schema_editor):
    """This will add the row, at number 0."""
    apps.get_model("budgets", "DataVersion").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]

    operations = [migrations.RunPython(add_data_version, migrations.RunPython.noop)]
