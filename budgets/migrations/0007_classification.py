"""The code lists, with names and the years they are valid in."""

from django.db import migrations

from budgets.classification.loading import load_classification


def load(apps, schema_editor):
    """This will write the lists into the database."""
    load_classification(apps.get_model("budgets", "ClassificationNode"))


class Migration(migrations.Migration):
    dependencies = [("budgets", "0006_wider_vocabulary")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
