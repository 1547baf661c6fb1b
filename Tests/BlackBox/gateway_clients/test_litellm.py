"""The unchanged `litellm` package from PyPI as a client, and LiteLLM's management API."""
import json
import os
import urllib.error

import pytest

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm  # noqa: E402 - reads the variable above when it is imported

QUESTION = [{"role": "user", "content": "echo: hello there"}]
ROOT = "/compat/litellm"


@pytest.fixture(params=["/v1", ROOT, ROOT + "/v1"])
def base(request, signalbox):
    return {"api_base": signalbox.url + request.param, "api_key": signalbox.admin_key, "max_retries": 0}


def test_completion(base):
    answer = litellm.completion(model="openai/gpt-4o-mini", messages=QUESTION, **base)
    assert answer.choices[0].message.content == "hello there" and answer.usage.total_tokens > 0


def test_stream(base):
    chunks = litellm.completion(model="openai/gpt-4o-mini", messages=QUESTION, stream=True, **base)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "hello there"


def test_through_the_proxy_provider(signalbox):
    answer = litellm.completion(
        model="litellm_proxy/gpt-4o-mini", messages=QUESTION, api_base=signalbox.url + ROOT,
        api_key=signalbox.admin_key, metadata={"tags": ["a"]})
    assert answer.choices[0].message.content == "hello there"


def test_anthropic(signalbox):
    answer = litellm.completion(
        model="anthropic/claude-haiku", messages=QUESTION, api_base=signalbox.url, api_key=signalbox.admin_key)
    assert answer.choices[0].message.content == "hello there"


def test_embedding(base):
    answer = litellm.embedding(model="openai/text-embedding-3-small", input=["a b"], **base)
    assert len(answer.data) == 1


def test_errors(base):
    with pytest.raises(litellm.NotFoundError):
        litellm.completion(model="openai/no-such-thing", messages=QUESTION, **base)
    with pytest.raises(litellm.AuthenticationError):
        litellm.completion(model="openai/gpt-4o-mini", messages=QUESTION, **dict(base, api_key="sk-wrong"))


# The management API, as its users' scripts call it.

@pytest.fixture
def call(signalbox):
    def send(method, path, body=None, key=None):
        with signalbox.request(method, ROOT + path, body, key=key or signalbox.admin_key) as answer:
            return json.load(answer)
    return send


def test_a_key_with_a_budget(call, signalbox):
    made = call("POST", "/key/generate", {
        "key_alias": "script", "models": ["gpt-4o-mini"], "max_budget": 0.5, "budget_duration": "30d",
        "rpm_limit": 1000, "duration": "24h", "metadata": {"owner": "a", "tags": ["batch"]}})
    assert made["key"].startswith("sb-") and made["max_budget"] == 0.5 and made["budget_duration"] == "30d"
    answer = litellm.completion(
        model="openai/gpt-4o-mini", messages=QUESTION, api_base=signalbox.url + ROOT, api_key=made["key"])
    assert answer.choices[0].message.content == "hello there"
    with pytest.raises(Exception, match="(?i)model|allowed"):
        litellm.completion(
            model="openai/closing", messages=QUESTION, api_base=signalbox.url + ROOT, api_key=made["key"])
    info = call("GET", "/key/info", key=made["key"])["info"]
    assert info["token"] == made["token"] and info["models"] == ["gpt-4o-mini"] and info["metadata"]["owner"] == "a"
    assert call("POST", "/key/update", {"key": made["key"], "max_budget": 2})["max_budget"] == 2
    assert made["token"] in call("GET", "/key/list?size=1000")["keys"]


def test_a_budget_of_nothing_refuses(call, signalbox):
    made = call("POST", "/key/generate", {"key_alias": "broke", "max_budget": 0})
    with pytest.raises(Exception, match="(?i)budget"):
        litellm.completion(
            model="openai/gpt-4o-mini", messages=QUESTION, api_base=signalbox.url + ROOT, api_key=made["key"],
            max_retries=0)


def test_blocking_rotation_and_deletion(call):
    made = call("POST", "/key/generate", {"key_alias": "short-lived"})
    assert call("POST", "/key/block", {"key": made["token"]})["blocked"] is True
    with pytest.raises(urllib.error.HTTPError, match="403"):
        call("GET", "/models", key=made["key"])
    assert call("POST", "/key/unblock", {"key": made["token"]})["blocked"] is False
    fresh = call("POST", "/key/regenerate", {"key": made["key"]})["key"]
    assert fresh != made["key"] and call("GET", "/models", key=fresh)["data"]
    assert call("POST", "/key/delete", {"keys": [fresh]})["deleted_keys"] == [made["token"]]
    with pytest.raises(urllib.error.HTTPError, match="401"):
        call("GET", "/models", key=fresh)


def test_teams_users_customers_and_named_budgets(call):
    assert call("POST", "/budget/new", {"budget_id": "small", "max_budget": 3})["max_budget"] == 3
    team = call("POST", "/team/new", {"team_alias": "search", "team_id": "search", "max_budget": 10})
    assert team["team_id"] == "search" and team["max_budget"] == 10
    user = call("POST", "/user/new", {"user_id": "ann", "user_email": "ann@example.com", "team_id": "search"})
    assert user["key"].startswith("sb-") and user["user_email"] == "ann@example.com"
    customer = call("POST", "/customer/new", {"user_id": "acme", "budget_id": "small"})
    assert customer["max_budget"] == 3
    call("POST", "/budget/update", {"budget_id": "small", "max_budget": 4})
    assert call("GET", "/customer/info?end_user_id=acme")["max_budget"] == 4
    assert call("POST", "/customer/block", {"user_ids": ["acme"]})["blocked_users"][0]["blocked"] is True
    assert "search" in [row["team_id"] for row in call("GET", "/team/list")]
    assert call("GET", "/user/info?user_id=ann")["user_info"]["teams"] == ["search"]


def test_models_spend_and_health(call):
    info = {row["model_name"]: row for row in call("GET", "/model/info")["data"]}
    assert info["gpt-4o-mini"]["model_info"]["input_cost_per_token"] > 0
    assert call("GET", "/model_group/info?model_group=gpt-4o-mini")["data"][0]["providers"] == ["up"]
    cost = call("POST", "/spend/calculate", {"model": "gpt-4o-mini", "messages": QUESTION})["cost"]
    assert 0 < cost < 1
    assert call("GET", "/global/spend")["spend"] >= 0 and isinstance(call("GET", "/spend/keys"), list)
    assert call("GET", "/health/liveliness") == "I'm alive!"
    assert call("GET", "/health/readiness")["status"] == "connected"
    assert call("POST", "/utils/token_counter", {"model": "gpt-4o-mini", "messages": QUESTION})["total_tokens"] > 4


def test_what_is_not_done_is_said(call):
    with pytest.raises(urllib.error.HTTPError) as error:
        call("POST", "/key/generate", {"guardrails": ["pii"]})
    assert error.value.code == 501 and "guardrails" in json.load(error.value)["error"]["message"]
