"""Create the three tiers, the workflows of one, two and three tiers, and give the whole tree the two-tier one."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TASKS = {1: "初审（本单位）", 2: "复审（上级）", 3: "终审（链条首端）"}
WORKFLOWS = {1: "一级审核", 2: "两级审核", 3: "三级审核"}
ROOT_DEPTH = 1
DEFAULT_TIERS = 2


def create(apps: Any, schema_editor: Any) -> None:
    content_types = apps.get_model("contenttypes", "ContentType")
    task_model = apps.get_model("workflows", "TieredApprovalTask")
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    workflow_task = apps.get_model("wagtailcore", "WorkflowTask")
    route = apps.get_model("workflows", "ApprovalRoute")
    page = apps.get_model("wagtailcore", "Page")
    content_type, _ = content_types.objects.get_or_create(app_label="workflows", model="tieredapprovaltask")
    tasks = {
        tier: task_model.objects.create(name=name, active=True, content_type=content_type, tier=tier)
        for tier, name in TASKS.items()
    }
    for tiers, name in WORKFLOWS.items():
        workflow = workflow_model.objects.create(name=name, active=True)
        route.objects.create(tiers=tiers, workflow=workflow)
        for tier in range(1, tiers + 1):
            workflow_task.objects.create(workflow=workflow, task_id=tasks[tier].pk, sort_order=tier)
    root = page.objects.filter(depth=ROOT_DEPTH).first()
    default = route.objects.get(tiers=DEFAULT_TIERS)
    if root is not None:
        # The root page carries Wagtail's "Moderators approval"; a group approves there, which nobody here is in.
        apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page=root, defaults={"workflow_id": default.workflow_id}
        )
    _stock(apps).update(active=False)


def _stock(apps: Any) -> Any:
    ours = apps.get_model("workflows", "ApprovalRoute").objects.values("workflow_id")
    return apps.get_model("wagtailcore", "Workflow").objects.exclude(pk__in=ours)


def remove(apps: Any, schema_editor: Any) -> None:
    route = apps.get_model("workflows", "ApprovalRoute")
    ids = list(route.objects.values_list("workflow_id", flat=True))
    stock = _stock(apps)
    stock.update(active=True)
    pages = apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow_id__in=ids)
    first = stock.first()
    if first is not None:
        pages.update(workflow_id=first.pk)
    pages.filter(workflow_id__in=ids).delete()
    route.objects.all().delete()
    apps.get_model("wagtailcore", "WorkflowTask").objects.filter(workflow_id__in=ids).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(pk__in=ids).delete()
    apps.get_model("workflows", "TieredApprovalTask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(create, remove)]
