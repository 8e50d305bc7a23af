"""What migrations write into an empty database, put back after tests that empty every table.

A transactional test (a live server, threads, connections of its own) ends with a flush, which takes
the roles, code lists and project groups away from every test after it. Django's own
``serialized_rollback`` hangs on one connection, and playwright's event loop has another.
"""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from budgets.models import ClassificationNode, DataVersion
from budgets.search.entries import index_classification
from intake.permissions import ROLES
from performance.models import ProjectGroup


def restore_migrated() -> None:
    """This will put back what is missing; where nothing is, it asks four questions and does nothing."""
    DataVersion.objects.get_or_create(pk=1)
    if not Group.objects.exists():
        add_roles()
    if not ClassificationNode.objects.exists():
        import_module("budgets.classification").load_classification(ClassificationNode)
        index_classification()
    if not ProjectGroup.objects.exists():
        import_module("performance.migrations.0003_project_groups").add_groups(apps, None)


def add_roles() -> None:
    """This will make the four roles with their permissions."""
    for role, codes in ROLES.items():
        group = Group.objects.create(name=role)
        wanted = [code.split(".") for code in codes]
        group.permissions.set(
            Permission.objects.get(content_type__app_label=app, codename=code) for app, code in wanted
        )
