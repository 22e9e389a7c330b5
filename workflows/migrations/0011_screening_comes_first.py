"""Put the screening in front of the tiers of the three workflows."""

from __future__ import annotations

from typing import Any

from django.db import migrations

NAME = "信息审查"
BEFORE_THE_TIERS = 0


def create(apps: Any, schema_editor: Any) -> None:
    content_types = apps.get_model("contenttypes", "ContentType")
    content_type, _ = content_types.objects.get_or_create(app_label="workflows", model="screeningtask")
    task = apps.get_model("workflows", "ScreeningTask").objects.create(
        name=NAME, active=True, content_type=content_type
    )
    workflow_task = apps.get_model("wagtailcore", "WorkflowTask")
    for route in apps.get_model("workflows", "ApprovalRoute").objects.all():
        workflow_task.objects.create(
            workflow_id=route.workflow_id, task_id=task.pk, sort_order=BEFORE_THE_TIERS
        )


def remove(apps: Any, schema_editor: Any) -> None:
    tasks = list(apps.get_model("workflows", "ScreeningTask").objects.values_list("pk", flat=True))
    task_state = apps.get_model("wagtailcore", "TaskState")
    # What is being screened now, or was sent back by the screening, becomes a draft again.
    apps.get_model("wagtailcore", "WorkflowState").objects.filter(
        current_task_state__task_id__in=tasks, status__in=["in_progress", "needs_changes"]
    ).update(status="cancelled")
    apps.get_model("wagtailcore", "WorkflowTask").objects.filter(task_id__in=tasks).delete()
    apps.get_model("workflows", "ScreeningTaskState").objects.all().delete()
    task_state.objects.filter(task_id__in=tasks).delete()
    apps.get_model("workflows", "ScreeningTask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("workflows", "0010_screening")]

    operations = [migrations.RunPython(create, remove)]
