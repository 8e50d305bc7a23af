"""Longer codes (project codes stand in tables too) and words of the vocabulary."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0005_search'),
    ]

    operations = [
        migrations.AlterField(
            model_name='amount',
            name='carried',
            field=models.CharField(max_length=24),
        ),
        migrations.AlterField(
            model_name='amount',
            name='column_key',
            field=models.CharField(max_length=160),
        ),
        migrations.AlterField(
            model_name='amount',
            name='fund',
            field=models.CharField(max_length=32),
        ),
        migrations.AlterField(
            model_name='amount',
            name='measure',
            field=models.CharField(max_length=48),
        ),
        migrations.AlterField(
            model_name='lineitem',
            name='code',
            field=models.CharField(blank=True, db_collation='C', max_length=40),
        ),
        migrations.AlterField(
            model_name='lineitem',
            name='parent_code',
            field=models.CharField(blank=True, db_collation='C', max_length=40),
        ),
        migrations.AlterField(
            model_name='rollup',
            name='fund',
            field=models.CharField(max_length=32),
        ),
        migrations.AlterField(
            model_name='rollup',
            name='measure',
            field=models.CharField(max_length=48),
        ),
    ]
