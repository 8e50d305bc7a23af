"""A statement can be canonical for several schemes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_line_parent_code")]

    operations = [
        migrations.AlterField(
            model_name="statement",
            name="canonical_for",
            field=models.CharField(blank=True, max_length=48),
        ),
    ]
