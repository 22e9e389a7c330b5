"""A stand-in for Elasticsearch and OpenSearch: `python stub_engine.py`, a process of its own, rows in memory.

It speaks just the calls the site makes, and answers the queries by evaluating them over its rows: what it does not
know it refuses, as the real ones do. Text fields are cut at white space; scores are BM25. Beside, `PUT /_stub` makes
it slow (`seconds`), makes it refuse (`status`; `only` one kind of call), lets shards fail (`failed`), and `GET /_stub`
tells what it was asked. The first line it prints is its port.
"""

from __future__ import annotations

import json
import math
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

K1, B = 1.2, 0.75
Row = dict[str, Any]


class RefusedError(Exception):
    """What is answered with a status other than 200."""

    def __init__(self, status: int, kind: str, reason: str = "") -> None:
        self.status, self.kind, self.reason = status, kind, reason or kind


class Index:
    """Rows, and how their fields are kept."""

    def __init__(self, mappings: dict[str, Any]) -> None:
        self.properties: dict[str, dict[str, Any]] = mappings.get("properties", {})
        for name, told in self.properties.items():
            if told["type"] not in {"text", "keyword", "long", "float"}:
                raise RefusedError(400, "mapper_parsing_exception", f"no handler for type of {name}")
            if told["type"] == "text" and told.get("analyzer") != "whitespace":
                raise RefusedError(400, "mapper_parsing_exception", "this stub knows the whitespace analyser only")
        self.rows: dict[str, Row] = {}
        self.lock = threading.Lock()

    def keep(self, key: str, source: dict[str, Any]) -> str:
        """Keep a row under its key."""
        for name, value in source.items():
            if self.properties.get(name, {}).get("type") == "long" and not isinstance(value, int):
                raise RefusedError(400, "document_parsing_exception", name)
        with self.lock:
            result = "updated" if key in self.rows else "created"
            self.rows[key] = {
                name: value.split() if self.properties[name]["type"] == "text" else value
                for name, value in source.items()
                if name in self.properties
            }
        return result

    def forget(self, key: str) -> bool:
        """Delete a row; was there one?"""
        with self.lock:
            return self.rows.pop(key, None) is not None

    def search(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer a search as both do."""
        with self.lock:
            rows = dict(self.rows)
        scores = Query(rows, self.properties).scores(body["query"])
        hits = [(score, rows[key], key) for key, score in scores.items()]
        for ordered in reversed(body.get("sort", [{"_score": "desc"}])):
            ((field, way),) = ordered.items()
            hits.sort(key=lambda hit: hit[0] if field == "_score" else hit[1][field], reverse=way == "desc")
        most = body.get("track_total_hits", 10_000)
        size = body.get("size", 10)
        if size > 10_000:
            raise RefusedError(400, "illegal_argument_exception", "Result window is too large")
        cut = most is not True and len(hits) > most
        return {
            "took": 1,
            "timed_out": False,
            "hits": {
                "total": {"value": most if cut else len(hits), "relation": "gte" if cut else "eq"},
                "max_score": max((hit[0] for hit in hits), default=None),
                "hits": [
                    {
                        "_id": key,
                        "_score": score,
                        "fields": {name: [row[name]] for name in body.get("docvalue_fields", []) if name in row},
                    }
                    for score, row, key in hits[:size]
                ],
            },
        }


class Query:
    """One evaluation: of each clause, the rows that match and how near they are."""

    def __init__(self, rows: dict[str, Row], properties: dict[str, dict[str, Any]]) -> None:
        self.rows, self.properties = rows, properties

    def scores(self, clause: dict[str, Any]) -> dict[str, float]:
        """Evaluate a clause of any kind."""
        if len(clause) != 1:
            raise RefusedError(400, "parsing_exception", f"one query per clause: {list(clause)}")
        ((kind, told),) = clause.items()
        known = {
            "bool": self.bool,
            "constant_score": self.constant_score,
            "function_score": self.function_score,
            "match_phrase": self.match_phrase,
            "prefix": self.prefix,
            "term": self.term,
            "terms": self.terms,
        }
        if kind not in known:
            raise RefusedError(400, "parsing_exception", f"unknown query [{kind}]")
        return known[kind](told)

    def bool(self, told: dict[str, Any]) -> dict[str, float]:
        extra = told.keys() - {"must", "should", "must_not", "filter", "minimum_should_match"}
        if extra:
            raise RefusedError(400, "parsing_exception", f"[bool] does not know {extra}")
        must = [self.scores(each) for each in told.get("must", [])]
        filters = [self.scores(each) for each in told.get("filter", [])]
        should = [self.scores(each) for each in told.get("should", [])]
        without = [self.scores(each) for each in told.get("must_not", [])]
        fewest = told.get("minimum_should_match", 0 if must or filters else min(len(should), 1))
        found = {}
        for key in self.rows:
            if any(key not in each for each in [*must, *filters]) or any(key in each for each in without):
                continue
            if sum(key in each for each in should) >= fewest:
                found[key] = sum(each.get(key, 0.0) for each in [*must, *should])
        return found

    def constant_score(self, told: dict[str, Any]) -> dict[str, float]:
        return dict.fromkeys(self.scores(told["filter"]), told.get("boost", 1.0))

    def function_score(self, told: dict[str, Any]) -> dict[str, float]:
        factor = told["field_value_factor"]
        if told.keys() != {"query", "field_value_factor", "boost_mode"} or told["boost_mode"] != "sum":
            raise RefusedError(400, "parsing_exception", "this stub adds the value of a field, and nothing else")
        found = self.scores(told["query"])
        return {key: score + self.rows[key].get(factor["field"], factor["missing"]) for key, score in found.items()}

    def terms(self, told: dict[str, Any]) -> dict[str, float]:
        ((field, values),) = told.items()
        return {key: 1.0 for key, row in self.rows.items() if row.get(field) in values}

    def term(self, told: dict[str, Any]) -> dict[str, float]:
        field, value, boost = self.one(told, "value")
        return self.ranked(field, {key: words.count(value) for key, words in self.texts(field).items()}, boost)

    def prefix(self, told: dict[str, Any]) -> dict[str, float]:
        field, value, boost = self.one(told, "value")
        return {key: boost for key, words in self.texts(field).items() if any(word.startswith(value) for word in words)}

    def match_phrase(self, told: dict[str, Any]) -> dict[str, float]:
        field, value, boost = self.one(told, "query")
        wanted = value.split()
        times = {
            key: sum(words[at : at + len(wanted)] == wanted for at in range(len(words)))
            for key, words in self.texts(field).items()
        }
        return self.ranked(field, times, boost)

    def one(self, told: dict[str, Any], name: str) -> tuple[str, str, float]:
        ((field, value),) = told.items()
        return field, value[name], value.get("boost", 1.0)

    def texts(self, field: str) -> dict[str, list[str]]:
        if self.properties.get(field, {}).get("type") != "text":
            raise RefusedError(400, "query_shard_exception", f"this stub looks for words in text only, not in {field}")
        return {key: row.get(field, []) for key, row in self.rows.items()}

    def ranked(self, field: str, times: dict[str, int], boost: float) -> dict[str, float]:
        """Score by BM25."""
        lengths = {key: len(words) for key, words in self.texts(field).items()}
        mean = sum(lengths.values()) / max(len(lengths), 1) or 1
        hits = sum(map(bool, times.values()))
        rarity = math.log(1 + (len(lengths) - hits + 0.5) / (hits + 0.5))
        return {
            key: boost * rarity * many * (K1 + 1) / (many + K1 * (1 - B + B * lengths[key] / mean))
            for key, many in times.items()
            if many
        }


class Engine:
    """All indexes, their other names, and what was asked."""

    def __init__(self) -> None:
        self.indexes: dict[str, Index] = {}
        self.aliases: dict[str, set[str]] = {}
        self.asked: Counter[str] = Counter()
        self.manner: dict[str, Any] = {}

    def index(self, name: str) -> Index:
        names = self.aliases.get(name, {name})
        if len(names) > 1:
            raise RefusedError(400, "illegal_argument_exception", "this stub looks into one index at a time")
        (found,) = names
        if found not in self.indexes:
            raise RefusedError(404, "index_not_found_exception", f"no such index [{name}]")
        return self.indexes[found]

    def create(self, name: str, told: dict[str, Any]) -> dict[str, Any]:
        if name in self.indexes or name in self.aliases:
            raise RefusedError(400, "resource_already_exists_exception", name)
        self.indexes[name] = Index(told.get("mappings", {}))
        return {"acknowledged": True, "shards_acknowledged": True, "index": name}

    def delete(self, name: str) -> dict[str, Any]:
        if name in self.aliases:
            raise RefusedError(400, "illegal_argument_exception", "The provided expression matches an alias")
        self.index(name)
        del self.indexes[name]
        others = {alias: names - {name} for alias, names in self.aliases.items()}
        self.aliases = {alias: names for alias, names in others.items() if names}
        return {"acknowledged": True}

    def bulk(self, name: str, lines: list[dict[str, Any]], must_be_alias: bool) -> dict[str, Any]:
        items = []
        rest = iter(lines)
        for line in rest:
            ((action, told),) = line.items()
            source = next(rest) if action == "index" else None
            where = told.get("_index", name)
            try:
                if must_be_alias and where not in self.aliases:
                    raise RefusedError(404, "index_not_found_exception", f"[{where}] is not an alias")
                if where not in self.aliases and where not in self.indexes:
                    # As they do: nobody asked for words to be kept in our way.
                    self.indexes[where] = Index({})
                item = self.write(self.index(where), action, told["_id"], source)
            except RefusedError as error:
                item = {"status": error.status, "error": {"type": error.kind, "reason": error.reason}}
            items.append({action: {"_index": where, "_id": told["_id"], **item}})
        return {"took": 1, "errors": any("error" in next(iter(each.values())) for each in items), "items": items}

    def write(self, index: Index, action: str, key: str, source: dict[str, Any] | None) -> dict[str, Any]:
        if source is not None:
            result = index.keep(key, source)
            return {"result": result, "status": 200 if result == "updated" else 201}
        if action != "delete":
            raise RefusedError(400, "illegal_argument_exception", action)
        return {"result": "deleted", "status": 200} if index.forget(key) else {"result": "not_found", "status": 404}


class Handler(BaseHTTPRequestHandler):
    """One call."""

    protocol_version = "HTTP/1.1"
    engine: Engine

    def handle_call(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = [unquote(each) for each in parts.path.strip("/").split("/") if each]
        try:
            if path != ["_stub"]:
                self.engine.asked[path[-1] if path else "/"] += 1
                time.sleep(self.engine.manner.get("seconds", 0))
                only = self.engine.manner.get("only", path[-1])
                if (status := self.engine.manner.get("status")) and path[-1] == only:
                    raise RefusedError(status, "circuit_breaking_exception")
            self.say(200, self.answer(path, body, parse_qs(parts.query)))
        except RefusedError as error:
            self.say(error.status, {"error": {"type": error.kind, "reason": error.reason}, "status": error.status})

    def answer(self, path: list[str], body: str, query: dict[str, list[str]]) -> Any:
        engine = self.engine
        match self.command, path:
            case _, ["_stub"]:
                return self.talk_to_the_test(body)
            case _, ["_alias", _] | [_, "_alias" | "_aliases", _]:
                return self.alias(path)
            case "POST" | "PUT" | "GET", [name, verb]:
                return self.rows(name, verb, body, must_be_alias=query.get("require_alias") == ["true"], query=query)
            case "PUT", [name]:
                return engine.create(name, json.loads(body))
            case "DELETE", [name]:
                return engine.delete(name)
        raise RefusedError(405, "this stub does not know", f"{self.command} {self.path}")

    def rows(self, name: str, verb: str, body: str, *, must_be_alias: bool, query: dict[str, list[str]]) -> Any:
        match verb:
            case "_bulk":
                lines = [json.loads(line) for line in body.splitlines() if line]
                return self.engine.bulk(name, lines, must_be_alias)
            case "_search":
                if query.get("allow_partial_search_results") != ["false"]:
                    raise RefusedError(400, "illegal_argument_exception", "this stub answers whole or not at all")
                shards = {"total": 3, "successful": 3 - self.engine.manner.get("failed", 0)}
                shards["failed"] = self.engine.manner.get("failed", 0)
                return {"_shards": shards, **self.engine.index(name).search(json.loads(body))}
            case "_refresh":
                self.engine.index(name)
                return {"_shards": {"total": 1, "successful": 1, "failed": 0}}
        raise RefusedError(405, "this stub does not know", verb)

    def talk_to_the_test(self, body: str) -> Any:
        engine = self.engine
        if self.command == "PUT":
            engine.manner = json.loads(body)
        rows = {name: len(index.rows) for name, index in engine.indexes.items()}
        aliases = {name: sorted(names) for name, names in engine.aliases.items()}
        return {"asked": engine.asked, "indexes": rows, "aliases": aliases}

    def alias(self, path: list[str]) -> Any:
        engine, name = self.engine, path[-1]
        if self.command == "PUT":
            engine.index(path[0])
            engine.aliases.setdefault(name, set()).add(path[0])
            return {"acknowledged": True}
        if name not in engine.aliases:
            raise RefusedError(404, "aliases_not_found_exception", name)
        return {index: {"aliases": {name: {}}} for index in engine.aliases[name]}

    def say(self, status: int, answer: Any) -> None:
        said = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        # The client of Elasticsearch speaks to nothing else.
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_call

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not wait is no news."""


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"engine": Engine()}))
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
