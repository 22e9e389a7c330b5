"""Write down, at each submission, who brought a text to its reviewers: they decide on it as little as its authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .contents import files_in
from .models.contributor import Contributor, Part

if TYPE_CHECKING:
    from collections.abc import Iterator


def note_contributors(workflow_state: Any, draft: Any, user: Any) -> None:
    """Note who submits, who uploaded the files that the draft adds, and who made or copied what was never public.

    Called by every first task of a submission; a tier that follows an approval begins with a current state.
    """
    if workflow_state.current_task_state is not None:
        return
    about = {"base_content_type_id": workflow_state.base_content_type_id, "object_id": workflow_state.object_id}
    found = {*_who(draft), *([(user.pk, Part.SUBMITTED)] if user is not None and user.pk else [])}
    Contributor.objects.bulk_create(
        [Contributor(**about, person_id=person, part=part) for person, part in sorted(found)],
        update_conflicts=True,
        unique_fields=["base_content_type", "object_id", "person", "part"],
        update_fields=["is_used_up"],
    )


def note_insiders(subject: Any, people: set[int]) -> None:
    """Note who had a hand in a draft without saving it: whoever can write in its editor's name by a machine."""
    about = {"base_content_type": subject.get_base_content_type(), "object_id": str(subject.pk)}
    Contributor.objects.bulk_create(
        [Contributor(**about, person_id=person, part=Part.MADE) for person in sorted(people)],
        update_conflicts=True,
        unique_fields=["base_content_type", "object_id", "person", "part"],
        update_fields=["is_used_up"],
    )


def _who(draft: Any) -> Iterator[tuple[int, str]]:
    for person in uploaders_of(draft):
        yield person, Part.UPLOADED
    owner = getattr(draft, "owner_id", None)
    if owner and not draft.live:
        yield owner, Part.MADE


def uploaders_of(draft: Any) -> set[int]:
    """Return who uploaded what the draft refers to and the public version does not."""
    files = {(type(file), file.pk): file.uploaded_by_user_id for file in files_in(draft)}
    if files and draft.live and draft.live_revision is not None:
        for file in files_in(draft.live_revision.as_object()):
            files.pop((type(file), file.pk), None)
    return set(files.values()) - {None}


def use_up(workflow_state: Any) -> None:
    """Note that what they brought is public."""
    about = {"base_content_type": workflow_state.base_content_type_id, "object_id": workflow_state.object_id}
    Contributor.objects.filter(**about).update(is_used_up=True)
