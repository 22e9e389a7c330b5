"""A client that knows nothing but an OpenAPI document: names of operations, parameters, shapes, security.

No code of the site is imported here, and no address written down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import jsonschema

Document = dict[str, Any]
# Method, address, headers, body; status, headers, body.
Transport = Callable[[str, str, Mapping[str, str], bytes | None], tuple[int, Mapping[str, str], bytes]]
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """One of the things the document says can be done."""

    name: str
    method: str
    path: str
    told: Document

    @property
    def pattern(self) -> re.Pattern[str]:
        """Match the addresses it stands under."""
        parts = re.split(r"{(\w+)}", self.path)
        named = (f"(?P<{part}>[^/]+)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
        return re.compile("".join(named))

    def parameters(self, place: str) -> dict[str, Document]:
        """Return its parameters of a place: path, query, header."""
        return {each["name"]: each for each in self.told.get("parameters", ()) if each["in"] == place}


@dataclass
class Answer:
    """What came back, found to be what the document promises."""

    status: int
    headers: Mapping[str, str]
    data: Any


@dataclass
class Driver:
    """Calls operations by name and follows addresses; refuses to send or take what the document does not describe."""

    document: Document
    transport: Transport
    token: str = ""
    called: list[str] = field(default_factory=list)

    @property
    def operations(self) -> dict[str, Operation]:
        """Return what can be done, by name."""
        return {each.name: each for each in self._operations()}

    def _operations(self) -> Iterator[Operation]:
        for path, methods in self.document["paths"].items():
            for method, told in methods.items():
                yield Operation(told["operationId"], method.upper(), path, told)

    def call(self, name: str, *, path: Any = None, query: Any = None, headers: Any = None, body: Any = None) -> Answer:
        """Call an operation."""
        operation = self.operations[name]
        given = {"path": path or {}, "query": query or {}, "header": headers or {}}
        for place, values in given.items():
            self._check(operation, place, values)
        address = operation.path.format(**{each: quote(str(value), safe="") for each, value in given["path"].items()})
        written = {each: _written(value) for each, value in given["query"].items()}
        target = f"{self.document['servers'][0]['url'].rstrip('/')}{address}"
        return self._send(operation, f"{target}?{urlencode(written)}" if written else target, given["header"], body)

    def follow(self, address: str) -> Answer:
        """Read what stands under an address that an answer named: the document says which operation that is."""
        parts = urlsplit(address)
        for operation in self.operations.values():
            if operation.method == "GET" and operation.pattern.fullmatch(parts.path):
                unknown = dict(parse_qsl(parts.query)).keys() - operation.parameters("query").keys()
                assert not unknown, f"{address}: not described: {unknown}"
                return self._send(operation, f"{parts.path}?{parts.query}" if parts.query else parts.path, {}, None)
        raise AssertionError(f"{address}: no operation of the document stands there")

    def example(self, name: str) -> Any:
        """Return the example of what an operation is sent."""
        return self.operations[name].told["requestBody"]["content"][JSON]["example"]

    def _check(self, operation: Operation, place: str, values: Mapping[str, Any]) -> None:
        known = operation.parameters(place)
        assert values.keys() <= known.keys(), f"{operation.name}: not described: {values.keys() - known.keys()}"
        missing = {each for each, told in known.items() if told.get("required")} - values.keys()
        assert not missing, f"{operation.name}: not given: {missing}"
        for each, value in values.items():
            self._validate(known[each]["schema"], value)

    def _send(self, operation: Operation, address: str, headers: Mapping[str, str], body: Any) -> Answer:
        sent, content = dict(headers), None
        if operation.told.get("security") and self.token:
            (scheme,) = (self.document["components"]["securitySchemes"][name] for name in operation.told["security"][0])
            assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            self._validate(operation.told["requestBody"]["content"][JSON]["schema"], body)
            sent["Content-Type"], content = JSON, json.dumps(body).encode()
        self.called.append(operation.name)
        return self._taken(operation, *self.transport(operation.method, address, sent, content))

    def _taken(self, operation: Operation, status: int, headers: Mapping[str, str], content: bytes) -> Answer:
        promised = operation.told["responses"].get(str(status))
        assert promised is not None, f"{operation.name}: {status} is not described"
        kind = headers.get("content-type", "").partition(";")[0]
        assert kind in promised["content"], f"{operation.name}: {kind} is not described"
        data = json.loads(content)
        self._validate(promised["content"][kind]["schema"], data)
        for name in promised.get("headers", {}):
            assert name.lower() in headers, f"{operation.name}: without {name}"
        return Answer(status, headers, data)

    def _validate(self, schema: Document, value: Any) -> None:
        whole = {**schema, "components": self.document["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
