"""Comments in the editor (Wagtail's) are told by letter: its own mails would be sent while the editor waits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Comment, CommentReply, PageSubscription

from ledger.letters import Message, write

COMMENTED = "comment.written"


class LetterEditView(EditView):
    """The editor of a page."""

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Write to whoever follows the page, and to whoever took part in what was answered or resolved."""
        threads = {comment.pk for comment in changes["resolved_comments"]}
        threads |= {comment.pk for comment, _replies in changes["new_replies"]}
        if not (threads or changes["new_comments"] or changes["deleted_comments"]):
            return
        followers = PageSubscription.objects.filter(page=self.page, comment_notifications=True)
        told = {
            *followers.values_list("user", flat=True),
            *Comment.objects.filter(pk__in=threads).values_list("user", flat=True),
            *CommentReply.objects.filter(comment__in=threads).values_list("user", flat=True),
        }
        told.discard(self.request.user.pk)
        names = {"title": self.page.get_admin_display_title(), "person": self.request.user}
        message = Message(
            COMMENTED,
            lazy(lambda: _("%(person)s批注了《%(title)s》") % names, str)(),
            url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            organisation=self.page.specific.responsible_organisation,
        )
        write(get_user_model()._default_manager.filter(pk__in=told), message)
