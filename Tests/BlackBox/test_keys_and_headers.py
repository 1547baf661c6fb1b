"""Who may call, and whose key goes upstream."""
import json
import urllib.error
import uuid

import pytest

from harness import chat, read_answer


def call(server, key=None, headers=None, body=None):
    return json.load(server.request("POST", "/v1/chat/completions", body or chat("echo: x"), key=key, headers=headers))


def refused(server, **options):
    with pytest.raises(urllib.error.HTTPError) as error:
        call(server, **options)
    return error.value.code, json.load(error.value)["error"]["code"]


def sent_key(sim):
    headers = {name.lower(): value for name, value in dict(sim.last()["headers"]).items()}
    return headers.get("authorization")


def test_wrong_and_missing_keys(signalbox):
    assert refused(signalbox, key="sk-nobody") == (401, "invalid_api_key")
    assert refused(signalbox, key=None) == (401, "missing_key")


def test_the_providers_key_replaces_ours(signalbox, sim):
    call(signalbox, key=signalbox.admin_key)
    assert sent_key(sim) == "Bearer upstream-secret"


@pytest.mark.parametrize("header", ["x-signalbox-key", "x-portkey-api-key", "Helicone-Auth"])
def test_callers_own_provider_key_is_passed_on(signalbox, sim, header):
    own = ("Bearer " if header == "Helicone-Auth" else "") + signalbox.admin_key
    call(signalbox, key="callers-own-key", headers={header: own})
    assert sent_key(sim) == "Bearer callers-own-key"


@pytest.mark.parametrize("where", [{"Authorization": "Bearer {}"}, {"x-api-key": "{}"}])
def test_our_own_key_never_leaves(signalbox, sim, where):
    """SDKs insist on an API key, so people put the same one into both headers."""
    headers = {name: value.format(signalbox.admin_key) for name, value in where.items()}
    call(signalbox, headers={"x-signalbox-key": signalbox.admin_key, **headers})
    assert signalbox.admin_key not in json.dumps(sim.last()["headers"])
    assert sent_key(sim) == "Bearer upstream-secret"


def test_our_headers_do_not_leave(signalbox, sim):
    call(signalbox, key=signalbox.admin_key, headers={
        "x-signalbox-user": "u", "x-signalbox-tags": "a,b", "Helicone-Property-Plan": "pro", "traceparent":
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    names = {name.lower() for name in dict(sim.last()["headers"])}
    assert not [name for name in names if name.startswith(("x-signalbox", "helicone"))]


def test_fields_from_headers(signalbox):
    name = f"fields-{uuid.uuid4()}"
    call(signalbox, key=signalbox.admin_key, headers={
        "x-signalbox-user": name, "x-signalbox-session": "s", "x-signalbox-feature": "f",
        "x-signalbox-tags": "a, b", "x-signalbox-environment": "staging", "Helicone-Property-Plan": "pro",
        "x-signalbox-metadata": '{"ticket": "42"}', "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    record = signalbox.record_of(name)
    assert (record["session"], record["feature"], record["tags"]) == ("s", "f", ["a", "b"])
    assert record["environment"] == "staging" and record["metadata"] == {"Plan": "pro", "ticket": "42"}
    assert record["trace_id"] == "0af7651916cd43dd8448eb211c80319c" and record["parent_span_id"] == "b7ad6b7169203331"


def test_unknown_header_of_ours_is_named(signalbox):
    status, code = refused(signalbox, key=signalbox.admin_key, headers={"x-signalbox-usr": "typo"})
    assert (status, code) == (400, "invalid_header")


def test_member_key_lives_and_dies(signalbox):
    made = json.load(signalbox.request("POST", "/api/v1/keys", {
        "name": "member", "environment": "dev", "role": "member", "allowed_models": ["gpt-4o-mini"]}))
    name = f"member-{uuid.uuid4()}"
    call(signalbox, key=made["secret"], body=chat("echo: x", user=name))
    record = signalbox.record_of(name)
    assert record["environment"] == "dev" and record["key_id"] == made["id"]
    assert refused(signalbox, key=made["secret"], body=chat("x", model="closing")) == (403, "model_not_allowed")
    for method, path, body in [("GET", "/api/v1/requests", None), ("GET", "/pass/up/models", None),
                               ("POST", "/pass/up/chat/completions", chat("x", model="o1-pro"))]:
        with pytest.raises(urllib.error.HTTPError) as error:
            signalbox.request(method, path, body, key=made["secret"])
        assert error.value.code == 403, path
    signalbox.request("POST", "/pass/up/chat/completions", chat("echo: x"), key=made["secret"]).close()
    signalbox.request("DELETE", f"/api/v1/keys/{made['id']}").close()
    assert refused(signalbox, key=made["secret"]) == (401, "revoked_key")


def test_wrong_key_is_told_before_a_large_body_is_sent(signalbox):
    head = (b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
            b"Expect: 100-continue\r\nAuthorization: Bearer nobody\r\n\r\n")
    with signalbox.connect() as connection:
        connection.sendall(head)
        status, headers, _, _ = read_answer(connection)
        assert status == 401 and headers["connection"] == "close"


def test_unknown_path_and_method(signalbox):
    for method, path, status in [("POST", "/v1/nothing", 404), ("GET", "/v1/chat/completions", 405),
                                 ("GET", "/pass/nobody/models", 404), ("GET", "/pass/up/../x", 404)]:
        with pytest.raises(urllib.error.HTTPError) as error:
            signalbox.request(method, path)
        assert error.value.code == status, path
