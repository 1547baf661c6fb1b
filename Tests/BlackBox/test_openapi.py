"""The OpenAPI document is valid, and what the running server answers is what it says."""
import json
import re
import urllib.error
import urllib.parse

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from harness import ADMIN_KEY, ROOT, chat, eventually

formats = FormatChecker(formats=())


@formats.checks("date-time")
def is_time(value):
    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value))


@formats.checks("uuid")
def is_uuid(value):
    return not isinstance(value, str) or bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value))


@pytest.fixture(scope="module")
def document(signalbox):
    return signalbox.get("/api/v1/openapi.json", key=None)


@pytest.fixture(scope="module")
def calls(signalbox):
    """Ids of a plain, a streamed and a failed call that are stored."""
    ids = []
    for body in (chat("openapi", user="openapi"), chat("openapi", user="openapi", stream=True),
                 chat("openapi", user="openapi", model="unreachable")):
        _, headers, _ = send(signalbox, "POST", "/v1/chat/completions", body)
        ids.append(headers["x-signalbox-request-id"])
    for request_id in ids:
        signalbox.record(request_id)
    return ids


def send(signalbox, method, path, body=None, key=ADMIN_KEY):
    try:
        with signalbox.request(method, path, body=body, key=key) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def resolve(document, node):
    while "$ref" in node:
        reference = node["$ref"]
        node = document
        for name in reference[2:].split("/"):
            node = node[name]
    return node


def check(document, method, template, answer):
    """The answer's status is documented and its body fits; the body."""
    status, headers, body = answer
    responses = document["paths"][template][method.lower()]["responses"]
    assert str(status) in responses, f"{method} {template} answered {status}: {body[:300]!r}"
    content = resolve(document, responses[str(status)]).get("content")
    if content is None:
        assert body == b""
        return None
    (media, described), = content.items()
    assert headers["content-type"].split(";")[0] == media
    if media != "application/json":
        return body.decode()
    value = json.loads(body)
    schema = {**described["schema"], "components": document["components"]}
    faults = list(Draft202012Validator(schema, format_checker=formats).iter_errors(value))
    assert not faults, f"{method} {template}: " + "; ".join(f"{fault.json_path}: {fault.message}" for fault in faults[:5])
    return value


def test_the_document_is_valid_openapi_and_the_one_in_the_repository(document):
    validate(document)
    assert document == json.loads((ROOT / "docs/openapi.json").read_text())


def test_every_operation_answers_without_a_key_as_its_security_says(signalbox, document):
    for template, methods in document["paths"].items():
        for method, operation in methods.items():
            answer = send(signalbox, method.upper(), template.replace("{id}", "x"), key=None)
            check(document, method, template, answer)
            assert (answer[0] == 401) == ("security" not in operation), f"{method} {template}"


def test_every_filter_is_taken_with_an_example_of_its_schema(signalbox, document):
    route = {"targets": [{"provider": "up", "model": "gpt-4o-mini"}]}
    assert send(signalbox, "PUT", "/api/v1/routes/listed", {"definition": route})[0] == 200
    for template, methods in document["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            parameter = resolve(document, parameter)
            if parameter["in"] != "query" or template.endswith("/live"):
                continue
            for value in examples(parameter):
                query = urllib.parse.urlencode({parameter["name"]: value, **needed_with(parameter["name"])})
                answer = send(signalbox, "GET", f"{template.replace('{name}', 'listed')}?{query}")
                assert answer[0] == 200, f"{template}?{query}: {answer[2]!r}"
                check(document, "get", template, answer)


def examples(parameter):
    """Values that the parameter's schema allows."""
    schema = parameter["schema"]
    if parameter["name"] == "cursor":
        return [""]
    if "enum" in schema:
        return schema["enum"]
    if "anyOf" in schema:
        return ["2020-01-01T00:00:00Z", "1577836800000"] if parameter["name"] == "from" else ["2100-01-01T00:00:00Z"]
    if "pattern" in schema:
        return ["0af7651916cd43dd8448eb211c80319c"]
    kinds = {"boolean": ["true", "false"], "integer": [schema.get("minimum", 0), schema.get("maximum", 1000)],
             "number": ["0", "1.5", "12.345"], "string": ["x", "ä /&=%"]}
    return kinds[schema["type"]]


def needed_with(name):
    """Parameters without which one makes no sense, or asks for too much."""
    return {"value": {"group_by": "user"}, "from": {"to": "2020-01-02T00:00:00Z"},
            "to": {"from": "2099-12-31T00:00:00Z"}}.get(name, {})


def test_recorded_calls_have_the_documented_shape(signalbox, document, calls):
    page = check(document, "get", "/api/v1/requests", send(signalbox, "GET", "/api/v1/requests?user=openapi&count=true"))
    assert page["total"] == len(page["data"]) == 3
    for request_id in calls:
        answer = send(signalbox, "GET", f"/api/v1/requests/{request_id}")
        assert check(document, "get", "/api/v1/requests/{id}", answer)["id"] == request_id


def test_pages_lead_through_all_calls_once(signalbox, document, calls):
    for order in ("asc", "desc"):
        seen, cursor = [], ""
        while cursor is not None:
            path = f"/api/v1/requests?user=openapi&limit=1&order={order}&cursor={cursor}"
            page = check(document, "get", "/api/v1/requests", send(signalbox, "GET", path))
            seen += [call["id"] for call in page["data"]]
            cursor = page["next_cursor"]
        assert seen == sorted(calls, reverse=order == "desc")


def test_the_summary_counts_the_recorded_calls(signalbox, document, calls):
    for group in ("total", "model", "provider", "key", "user", "feature", "tag", "error"):
        answer = send(signalbox, "GET", f"/api/v1/summary?group_by={group}&interval=hour")
        summary = check(document, "get", "/api/v1/summary", answer)
        assert summary["totals"]["calls"] >= 3
        for found in summary["groups"]:
            assert sum(point["calls"] for point in found["points"]) == found["totals"]["calls"]
    answer = send(signalbox, "GET", "/api/v1/summary?group_by=user&value=openapi")
    assert check(document, "get", "/api/v1/summary", answer)["totals"]["calls"] == 3


def test_a_keys_whole_life_has_the_documented_shape(signalbox, document):
    made = check(document, "post", "/api/v1/keys",
                 send(signalbox, "POST", "/api/v1/keys", {"name": "openapi", "environment": "dev", "role": "admin"}))
    assert send(signalbox, "GET", "/api/v1/models", key=made["secret"])[0] == 200
    path = f"/api/v1/keys/{made['id']}"
    changed = check(document, "patch", "/api/v1/keys/{id}",
                    send(signalbox, "PATCH", path, {"name": "renamed", "expires_at": "2099-01-01T00:00:00Z"}))
    assert (changed["name"], changed["expires_at"]) == ("renamed", "2099-01-01T00:00:00.000000Z")
    check(document, "delete", "/api/v1/keys/{id}", send(signalbox, "DELETE", path))
    assert send(signalbox, "GET", "/api/v1/models", key=made["secret"])[0] == 401
    check(document, "patch", "/api/v1/keys/{id}", send(signalbox, "PATCH", path, {"name": "again"}))
    listed = check(document, "get", "/api/v1/keys", send(signalbox, "GET", "/api/v1/keys?status=revoked"))
    assert made["id"] in [key["id"] for key in listed["data"]]
    assert made["secret"] not in json.dumps(listed)


@pytest.mark.parametrize("template", ["/api/v1/models", "/api/v1/status", "/api/v1/health", "/metrics"])
def test_plain_reads_have_the_documented_shape(signalbox, document, template):
    answer = send(signalbox, "GET", template)
    assert answer[0] == 200
    check(document, "get", template, answer)


def test_metrics_are_in_the_text_format(signalbox):
    sample = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="(\\.|[^"\\\n])*",?)*\})? ([-+]?[0-9.e+-]+|[-+]Inf|NaN)')
    lines = send(signalbox, "GET", "/metrics", key=None)[2].decode().splitlines()
    assert any(line.startswith("# TYPE") for line in lines)
    for line in lines:
        assert line.startswith(("# HELP ", "# TYPE ")) or sample.fullmatch(line), line


def test_a_live_call_has_the_documented_shape(signalbox, document):
    with signalbox.request("GET", "/api/v1/requests/live?user=openapi-live") as tail:
        assert tail.headers["content-type"].startswith("text/event-stream")
        assert tail.readline() == b": live\n"
        send(signalbox, "POST", "/v1/chat/completions", chat("other", user="somebody-else"))
        _, headers, _ = send(signalbox, "POST", "/v1/chat/completions", chat("live", user="openapi-live"))
        data = eventually(lambda: data_line(tail), "a live event")
    call = json.loads(data)
    assert call["id"] == headers["x-signalbox-request-id"]
    schema = {"$ref": "#/components/schemas/RequestSummary", "components": document["components"]}
    Draft202012Validator(schema, format_checker=formats).validate(call)


def data_line(stream):
    line = stream.readline()
    assert line, "the stream ended"
    return line[6:] if line.startswith(b"data: ") else None


@pytest.mark.parametrize("path, code", [
    ("/api/v1/requests?usr=x", "unknown_parameter"), ("/api/v1/requests?limit=0", "invalid_parameter"),
    ("/api/v1/requests?cursor=AAAA", "invalid_cursor"), ("/api/v1/requests?user=%FF", "invalid_query"),
    ("/api/v1/summary?interval=minute&from=0", "invalid_parameter"),
])
def test_mistakes_are_named(signalbox, document, path, code):
    answer = send(signalbox, "GET", path)
    error = check(document, "get", path.split("?")[0], answer)["error"]
    assert (answer[0], error["code"]) == (400, code)
    assert error["request_id"] == answer[1]["x-signalbox-request-id"]


def test_a_body_beyond_64_kib_is_refused(signalbox, document):
    answer = send(signalbox, "POST", "/api/v1/keys", {"name": "n" * 70_000})
    assert check(document, "post", "/api/v1/keys", answer)["error"]["code"] == "body_too_large"


def test_unknown_paths_and_methods_have_the_documented_error(signalbox, document):
    for method, path, status in (("GET", "/api/v1/nothing", 404), ("PUT", "/api/v1/keys", 405)):
        answer = send(signalbox, method, path)
        assert answer[0] == status
        schema = {"$ref": "#/components/schemas/Error", "components": document["components"]}
        Draft202012Validator(schema, format_checker=formats).validate(json.loads(answer[2]))
