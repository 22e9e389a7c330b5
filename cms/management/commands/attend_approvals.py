"""What falls due in approval: holds that end, reminders, escalation, new approvers where nobody may decide."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.due import attend_to_everything
from workflows.rerouting import reroute_stuck


class Command(BaseCommand):
    """Run every ten minutes by the worker; running it twice does nothing twice."""

    help = "恢复到期的暂缓，提醒将到期和已逾期的审核，逾期转上级，为无人可审的另找审核单位"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        # What is overdue goes up first: it says so; a new approver would begin a new limit.
        done = attend_to_everything()
        rerouted = reroute_stuck()
        self.stdout.write(
            "恢复 {resumed} 件，提醒 {reminded} 件，逾期转上级 {escalated} 件，".format(**done) + f"改送 {rerouted} 件"
        )
