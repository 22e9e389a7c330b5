"""In-page query: the form of the declared inputs, the provider's answer below it. Nothing of either is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from snippets.inputs import InputsForm

from .asking import SilentError, ask
from .case import answer, silent
from .operations import QUERY
from .replies import Answer, read_answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from .case import Case

PAGE = "connectors/query.html"


@sensitive_variables("form", "found")
def serve_query(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the form; ask, and show what was answered."""
    if request.method != "POST":
        return answer(case, PAGE, {"form": InputsForm(case.asking)})
    form = InputsForm(case.asking, request.POST)
    if not form.is_valid():
        return answer(case, PAGE, {"form": form, "is_wrong": True}, 400)
    try:
        found = query(case, form.cleaned_data)
    except SilentError:
        return silent(case, {"form": form})
    if found.is_refused:
        tell(form, found)
        return answer(case, PAGE, {"form": form, "is_wrong": True, "message": found.message}, 422)
    return answer(case, PAGE, {"form": form, "found": found, "is_sandbox": case.connection().is_sandbox})


@sensitive_variables("inputs")
def query(case: Case, inputs: dict[str, Any]) -> Answer:
    """Ask the provider. Raises SilentError."""
    question = {"service": case.source.code, "inputs": inputs, "language": get_language()}
    return read_answer(ask(case.connection(), QUERY, question))


def tell(form: InputsForm, found: Answer) -> None:
    """Put what the provider refuses beside its input; what belongs to none is said above."""
    for name, sentence in (found.errors or {}).items():
        form.add_error(name if name in form.fields else None, sentence)
    form.describe()
