"""The four roles as groups (their permissions are those of intake.permissions.ROLES at that time)."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEE = ["intake.view_upload", "intake.view_event", "budgets.view_disclosure", "budgets.view_revision", "budgets.view_department"]
KEPT = ["region", "department", "departmentalias", "expecteddisclosure", "classificationnode"]
ROLES = {
    "录入 Uploader": [*SEE, "intake.add_upload", "intake.change_upload"],
    "审核 Reviewer": [*SEE, "intake.change_upload", "intake.review_upload", "budgets.view_remark", "budgets.change_remark"],
    "发布 Publisher": [*SEE, "intake.publish_upload", "intake.withdraw_revision", "budgets.view_remark", "budgets.change_remark"],
    "管理 Administrator": [
        *SEE,
        "intake.add_upload",
        "intake.change_upload",
        "intake.review_upload",
        "intake.publish_upload",
        "intake.withdraw_revision",
        *[f"budgets.{verb}_{model}" for model in KEPT for verb in ("view", "add", "change")],
        "budgets.delete_expecteddisclosure",
        "budgets.delete_departmentalias",
        "budgets.view_remark",
        "budgets.change_remark",
        "budgets.view_sourcedocument",
        "budgets.change_sourcedocument",
        *[f"auth.{verb}_user" for verb in ("view", "add", "change")],
        "auth.view_group",
        *[f"intake.{verb}_membership" for verb in ("view", "add", "change", "delete")],
    ],
}


def create_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the groups; permissions are made here because Django makes them only after all migrations."""
    for label in ("auth", "budgets", "intake"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codes in ROLES.items():
        group, _created = group_model.objects.get_or_create(name=name)
        for code in codes:
            label, codename = code.split(".")
            group.permissions.add(permission_model.objects.get(content_type__app_label=label, codename=codename))


class Migration(migrations.Migration):
    """Roles."""

    dependencies = [
        ("intake", "0001_initial"),
        ("budgets", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
