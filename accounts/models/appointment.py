"""The appointment: who works where, and as what."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Length, Substr
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


class Duty(models.TextChoices):
    """What a person is appointed as. The tier is not chosen: it follows from the organisation's place."""

    EDITOR = "editor", _("编辑员")
    REVIEWER = "reviewer", _("审核员")
    ADMINISTRATOR = "administrator", _("管理员")
    # Reads the audit of its organisation and of those below, and nothing else.
    AUDITOR = "auditor", _("审计员")

    @classmethod
    def of_staff(cls) -> list[tuple[str, Any]]:
        """Return what administrators appoint to; who watches over them they do not choose (cms.audit)."""
        return [(duty.value, duty.label) for duty in cls if duty != cls.AUDITOR]


# Sent when many appointments were written at once, inside the transaction: what a receiver raises undoes them. `users`
# are the numbers of the people, `before` what they held: pairs of a number and a duty.
written_in_bulk = Signal()
WHO_IS_WHAT = frozenset({"user", "user_id", "duty", "until"})


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Reads of the appointments; and writes of many, which no signal of a single one would tell of."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Appoint many at once, asked like a single one."""
        made = list(objs)
        with _asked({each.user_id for each in made}):
            return super().bulk_create(made, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change many at once, asked like a single one where it is said who is what; `bulk_update` comes through."""
        if not WHO_IS_WHAT & kwargs.keys():
            return super().update(**kwargs)
        users = set(self.order_by().values_list("user_id", flat=True))
        to: Any = kwargs.get("user", kwargs.get("user_id"))
        if to is not None:
            users.add(getattr(to, "pk", to))
        with _asked(users):
            return super().update(**kwargs)

    def in_force(self, on: date) -> AppointmentQuerySet:
        """Return the appointments of active people that hold on the given day."""
        return self.filter(
            models.Q(until=None) | models.Q(until__gte=on), user__is_active=True, is_suspended=False, since__lte=on
        )

    def held(self) -> set[tuple[int, str]]:
        """Return who holds what, today or from a later day on: pairs of a person's number and a duty. One query."""
        today = timezone.localdate()
        return set(self.exclude(until__lt=today).order_by().values_list("user_id", "duty"))

    def with_stand_ins(self, on: date) -> models.QuerySet[Any, Any]:
        """Add `stand_in`: the leave of the appointed person at this organisation on the given day, if any.

        `deputy_counts`: the deputy works there himself today, or at the superior, and not as its auditor.
        """
        of_here = {"organisation": models.F("organisation"), "since__lte": on, "until__gte": on}
        condition = models.Q(**{f"user__leaves__{name}": value for name, value in of_here.items()})
        path = models.OuterRef("organisation__path")
        own = models.Q(organisation__path=path) | models.Q(organisation__path=_above(path))
        working = Appointment.objects.in_force(on).filter(own, user=models.OuterRef("stand_in__deputy"))
        return self.annotate(
            stand_in=models.FilteredRelation("user__leaves", condition=condition),
            deputy_counts=models.Exists(working.exclude(duty=Duty.AUDITOR)),
        )


@contextmanager
def _asked(users: set[Any]) -> Iterator[None]:
    """Let whoever listens compare what people hold before and after, where that matters at all."""
    with transaction.atomic():
        before = Appointment.objects.filter(user__in=users).held() if settings.SEPARATE_DUTIES else set()
        yield
        written_in_bulk.send(sender=Appointment, users=users, before=before)


def _above(path: Any) -> Any:
    """Return the path of the superior: organisations lie directly below one another."""
    return Substr(path, 1, Length(path) - Page.steplen)


class Appointment(models.Model):
    """User × organisation × duty: the one truth behind permissions, approval routes and mail.

    DB21/T 2175.5 §4.1.9: rights and duties of the four kinds of administrators. An appointment reaches the
    organisation's whole subtree (§2.3: a superior answers for what is below it).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("人员")
    )
    # Any page may stand here by type; forms and `full_clean` accept organisations only. `accounts` knows no more.
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="appointments", verbose_name=_("单位")
    )
    duty = models.CharField(_("职责"), max_length=16, choices=Duty.choices)
    since = models.DateField(_("起任日期"))
    until = models.DateField(_("止任日期"), null=True, blank=True)
    is_suspended = models.BooleanField(_("暂停"), default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任命")
        verbose_name_plural = _("任命")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "duty"], name="appointment_once"),
        ]
        indexes = [models.Index(fields=["organisation", "duty"], name="appointment_by_place")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_duty_display()}"
