"""People: appointing, moving, leave, handover. An administrator acts strictly below; everybody on his own leave."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.people.registering import CLERK, posted

from .asking import ANY_WRITERS, INSIDE, NOBODY, OPERATORS, PLACES, WRITERS, Row, people
from .world import World

# Nobody appoints beside himself.
ABOVE = people("above portal", ["administrator"]) | OPERATORS
ADMINISTRATORS = people(" ".join(PLACES), ["administrator"]) | OPERATORS
EDITOR, REVIEWER = people("own", ["editor"]), people("own", ["reviewer"])
DAY = "2099-03-02"


def leave(world: World) -> Any:
    deputy = world.people["own reviewer"].pk
    return {"organisation": world.things["own"].pk, "deputy": deputy, "since": DAY, "until": DAY}


def handover(world: World) -> Any:
    return {"taker": "stranger", "organisation": "", "then": "confirm"}


def moving(world: World) -> Any:
    return {"place": world.things["beside"].title}


def sheet_of_forms(world: World) -> Any:
    return {"file": SimpleUploadedFile("forms.xlsx", b"no spreadsheet")}


def registered(world: World) -> Any:
    return {"staff": [world.things["registered"].pk]}


def delivered(world: World) -> Any:
    return {"issue": [world.things["issue"].pk], "handed_by": "某人", "delivered_on": "2020-01-02"}


APPOINTING = [
    Row("people:people", ("own",), ABOVE),
    Row("people:people", ("own",), ABOVE, post={"person": "newcomer 张三", "duty": "editor"}),
    Row("people:people", ("portal",), OPERATORS),
    Row("people:people", ("draft",), NOBODY),
    Row("people:change", ("own", "appointment"), ABOVE, post={"act": "suspend"}),
    Row("people:change", ("own", "appointment"), ABOVE, post={"act": "relieve"}),
    Row("people:change", ("beside", "appointment"), NOBODY, post={"act": "relieve"}),
    Row("people:change", ("own", "appointment"), NOBODY),
]

DIRECTORY = [
    Row("people:directory", (), ADMINISTRATORS),
    Row("people:person", ("own clerk",), ABOVE),
    Row("people:person", ("own clerk",), ABOVE, post={"first_name": "改名", "email": "new@example.org", "phone": ""}),
    Row("people:person", ("operator account",), NOBODY, post={"first_name": "改名", "email": "", "phone": ""}),
    Row("people:active", ("own clerk",), ABOVE, post={"act": "stop"}),
    Row("people:active", ("operator account",), NOBODY, post={"act": "stop"}),
    Row("people:active", ("own clerk",), NOBODY),
    Row("people:move", ("appointment",), ABOVE),
    Row("people:move", ("appointment",), ABOVE, post=moving),
]

LEAVE = [
    Row("people:leave", (), INSIDE),
    # The deputy does not stand in for himself.
    Row("people:leave", (), people("own", ["editor", "administrator"]) | {"own auditor"}, post=leave),
    Row("people:leave_of", ("own clerk",), ABOVE),
    Row("people:leave_of", ("own clerk",), ABOVE, post=leave),
    Row("people:end_leave", ("leave",), ABOVE | EDITOR, post={}),
    Row("people:end_leave", ("leave",), NOBODY),
]

HANDOVER = [
    Row("people:handover", ("own clerk",), ABOVE),
    Row("people:handover", ("own clerk",), ABOVE, post=handover),
    Row("people:handed_over", ("handover",), ABOVE | EDITOR | REVIEWER),
]

# The own form waits for its confirmation, that of the unit below is confirmed, beside there is none.
BESIDE_WRITERS = people("beside above portal", ["editor", "administrator"]) | OPERATORS
ABOVE_THE_UNIT = people("own above portal", ["administrator"]) | OPERATORS

FORMS = [
    Row("people:forms", (), INSIDE),
    Row("people:forms_export", (), ANY_WRITERS),
    Row("people:forms_import", (), ADMINISTRATORS),
    Row("people:forms_import", (), NOBODY, post=sheet_of_forms),
    Row("people:forms_import_confirm", (), NOBODY, post={}),
    Row("people:forms_import_confirm", (), NOBODY),
    Row("people:form", ("own",), WRITERS),
    Row("people:form", ("draft",), NOBODY),
    Row("people:form", ("beside",), BESIDE_WRITERS, post=posted(CLERK)),
    Row("people:form_version", ("own", 1), WRITERS),
    Row("people:form_version", ("own", 1), NOBODY, post={}),
    Row("people:form_act", ("own",), ABOVE, post={"act": "confirm"}),
    Row("people:form_act", ("own",), ABOVE, post={"act": "return", "reason": "缺人"}),
    Row("people:form_act", ("own",), NOBODY, post={"act": "submit"}),
    Row("people:form_act", ("own",), NOBODY),
]

ISSUING = [
    Row("people:issue", (), ADMINISTRATORS),
    Row("people:issue", (), ABOVE_THE_UNIT, post=registered),
    Row("people:deliveries", (), ADMINISTRATORS),
    Row("people:deliveries", (), ABOVE, post=delivered),
    Row("people:reissue", ("own clerk",), ABOVE, post={}),
    Row("people:reissue", ("operator account",), NOBODY, post={}),
    Row("people:reissue", ("own clerk",), NOBODY),
]

OVERVIEW = [
    Row("people:report", (), ADMINISTRATORS),
    Row("people:report_file", ("no-editor",), ADMINISTRATORS),
    Row("people:report_file", ("nothing",), NOBODY),
    Row("people:rights", (), INSIDE),
]

ROWS = [*OVERVIEW, *FORMS, *ISSUING, *APPOINTING, *DIRECTORY, *LEAVE, *HANDOVER]
