"""How a text reaches the public: a writer submits, an editor reads, a publisher publishes."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITORS, PUBLISHERS = "Editors", "Moderators"
WORKFLOW = "Viết, biên tập, đăng"
TASKS = (("Biên tập", EDITORS), ("Duyệt đăng", PUBLISHERS))


def ensure_workflow() -> Workflow:
    """Put the workflow on the whole tree, in place of Wagtail's sample of one step."""
    workflow = Workflow.objects.filter(name=WORKFLOW).first()
    if workflow is not None:
        return workflow
    Workflow.objects.update(active=False)
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    for order, (name, group_name) in enumerate(TASKS):
        group, _created = Group.objects.get_or_create(name=group_name)
        task = GroupApprovalTask.objects.create(name=name, active=True)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    root = Page.get_first_root_node()
    WorkflowPage.objects.create(workflow=workflow, page=root)
    # the second reads and hands on, but does not publish: that is the third one's part
    GroupPagePermission.objects.filter(
        group__name=EDITORS, permission__codename__in=("publish_page", "bulk_delete_page")
    ).delete()
    return workflow


def school_group(code: str) -> str:
    """Name the group of a school's own writers."""
    return f"Trường {code}"


def ensure_school_group(code: str, page: Page) -> Group:
    """Let a school's writers add and change pages below their own front page, and nothing else."""
    group, _created = Group.objects.get_or_create(name=school_group(code))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    return group
