"""The unchanged `openai` package from PyPI."""
import base64
import json
import struct
import uuid

import openai
import pytest


@pytest.fixture(scope="module")
def client(signalbox):
    return openai.OpenAI(base_url=signalbox.url + "/v1", api_key=signalbox.admin_key, max_retries=0)


def user():
    return f"user-{uuid.uuid4()}"


def test_chat(client, signalbox):
    name = user()
    answer = client.chat.completions.create(
        model="gpt-4o-mini", user=name, metadata={"session_id": "s-1", "feature": "greeting"},
        messages=[{"role": "user", "content": "echo: hello there"}])
    assert answer.choices[0].message.content == "hello there"
    record = signalbox.record_of(name)
    assert record["status"] == "ok" and record["http_status"] == 200
    assert record["session"] == "s-1" and record["feature"] == "greeting"
    assert record["usage"]["total_input"] == answer.usage.prompt_tokens
    assert record["usage"]["total_output"] == answer.usage.completion_tokens
    assert record["request"]["messages"][0]["content"] == "echo: hello there"
    assert record["response"]["messages"][0]["content"] == "hello there"
    assert record["cost_nanodollars"] == sum(line["amount_nanodollars"] for line in record["receipt"]["lines"])
    assert record["receipt"]["lines"], "a call that used tokens has a receipt"
    assert record["provider"] == "up" and record["duration_ms"] > 0


def test_stream_without_usage_asked_for(client, signalbox):
    name = user()
    chunks = list(client.chat.completions.create(
        model="gpt-4o-mini", user=name, stream=True, messages=[{"role": "user", "content": "lorem 40"}]))
    assert all(chunk.choices for chunk in chunks), "the usage chunk that was not asked for is not shown"
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert len(text.split()) == 40
    record = signalbox.record_of(name)
    assert record["streamed"] and record["usage"]["source"] == "reported" and record["usage"]["output"] > 0
    assert record["response"]["messages"][0]["content"] == text
    assert 0 < record["time_to_first_token_ms"] <= record["duration_ms"]


def test_stream_with_usage_asked_for(client):
    chunks = list(client.chat.completions.create(
        model="gpt-4o-mini", stream=True, stream_options={"include_usage": True},
        messages=[{"role": "user", "content": "echo: x"}]))
    assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens > 0


def test_tools(client, signalbox):
    name = user()
    tools = [{"type": "function", "function": {
        "name": "get_weather", "parameters": {
            "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]
    question = {"role": "user", "content": "What is the weather in Paris?"}
    answer = client.chat.completions.create(model="gpt-4o-mini", user=name, tools=tools, messages=[question])
    call = answer.choices[0].message.tool_calls[0]
    assert call.function.name == "get_weather" and "city" in json.loads(call.function.arguments)
    record = signalbox.record_of(name)
    assert record["finish_reason"] == "tool_calls"
    assert record["response"]["messages"][0]["tool_calls"][0]["function"]["name"] == "get_weather"
    stream = client.chat.completions.create(model="gpt-4o-mini", tools=tools, messages=[question], stream=True)
    arguments = "".join(
        part.function.arguments or "" for chunk in stream if chunk.choices
        for part in chunk.choices[0].delta.tool_calls or [])
    assert "city" in json.loads(arguments)


def test_embeddings(client, signalbox):
    name = user()
    answer = client.embeddings.create(model="text-embedding-3-small", input=["a b", "c"], user=name, dimensions=8)
    assert len(answer.data) == 2 and len(answer.data[0].embedding) == 8
    raw = client.embeddings.create(
        model="text-embedding-3-small", input="a b", dimensions=8, encoding_format="base64").data[0].embedding
    assert list(struct.unpack("<8f", base64.b64decode(raw))) == pytest.approx(answer.data[0].embedding)
    assert signalbox.record_of(name)["usage"]["total_input"] == answer.usage.prompt_tokens


def test_responses(client, signalbox):
    name = user()
    answer = client.responses.create(model="gpt-4o-mini", input="echo: hi", user=name)
    assert answer.output_text == "hi"
    record = signalbox.record_of(name)
    assert record["operation"] == "responses" and record["usage"]["total_output"] == answer.usage.output_tokens
    with client.responses.stream(model="gpt-4o-mini", input="echo: streamed") as stream:
        assert stream.get_final_response().output_text == "streamed"


def test_completions_moderations_and_models(client):
    assert client.completions.create(model="gpt-4o-mini", prompt="echo: old").choices[0].text
    assert client.moderations.create(model="omni-moderation-latest", input="a kind word").results[0].flagged is False
    names = [model.id for model in client.models.list()]
    assert "gpt-4o-mini" in names
    assert client.models.retrieve("gpt-4o-mini").id == "gpt-4o-mini"


def test_errors_raise_the_right_exceptions(client, signalbox):
    message = [{"role": "user", "content": "x"}]
    with pytest.raises(openai.NotFoundError, match="no-such-thing") as error:
        client.chat.completions.create(model="no-such-thing", messages=message)
    assert error.value.code == "model_not_found"
    refused = signalbox.record(error.value.body["request_id"])
    assert refused["status"] == "error" and refused["cost_nanodollars"] == 0, "a refusal costs nothing"
    with pytest.raises(openai.AuthenticationError):
        openai.OpenAI(base_url=signalbox.url + "/v1", api_key="sk-wrong").models.list()
    with pytest.raises(openai.RateLimitError):
        client.chat.completions.create(
            model="gpt-4o-mini", messages=[{"role": "user", "content": "[[sim: status=429; retry-after=1]] x"}])
    with pytest.raises(openai.BadRequestError, match="response_format"):
        client.chat.completions.create(
            model="claude-haiku", messages=message, response_format={"type": "nonsense"})


def test_a_model_of_another_dialect_answers_in_this_one(client, signalbox):
    answer = client.chat.completions.create(
        model="claude-haiku", messages=[{"role": "user", "content": "echo: hello"}])
    assert answer.choices[0].message.content == "hello" and answer.choices[0].finish_reason == "stop"
    assert answer.usage.prompt_tokens > 0
    pieces = [chunk.choices[0].delta.content or "" for chunk in client.chat.completions.create(
        model="claude-haiku", messages=[{"role": "user", "content": "echo: streamed words"}], stream=True)
        if chunk.choices]
    assert "".join(pieces) == "streamed words"


def test_unknown_fields_pass_through_untouched(client, sim):
    client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": "echo: x"}],
        extra_body={"brand_new": {"deep": [1, 2.50, "\u00e9"]}})
    body = sim.last()["body"]
    body = json.loads(body) if isinstance(body, str) else body
    assert body["brand_new"] == {"deep": [1, 2.50, "\u00e9"]}
