"""The unchanged `anthropic` package from PyPI."""
import uuid

import anthropic
import pytest


@pytest.fixture(scope="module")
def client(signalbox):
    return anthropic.Anthropic(base_url=signalbox.url, api_key=signalbox.admin_key, max_retries=0)


def user():
    return f"user-{uuid.uuid4()}"


def test_message(client, signalbox, sim):
    name = user()
    answer = client.messages.create(
        model="claude-haiku", max_tokens=100, metadata={"user_id": name}, system="Be brief.",
        messages=[{"role": "user", "content": "echo: hello"}])
    assert answer.content[0].text == "hello"
    assert "claude-3-5-haiku-latest" in str(sim.last()["body"]), "the configured upstream model is asked"
    record = signalbox.record_of(name)
    assert record["dialect"] == "anthropic" and record["model"] == "claude-haiku"
    assert record["upstream_model"] == "claude-3-5-haiku-latest"
    assert record["usage"]["total_input"] == answer.usage.input_tokens
    assert record["usage"]["output"] == answer.usage.output_tokens
    assert record["receipt"]["total_nanodollars"] > 0


def test_stream(client, signalbox):
    name = user()
    with client.messages.stream(
            model="claude-haiku", max_tokens=200, metadata={"user_id": name},
            messages=[{"role": "user", "content": "lorem 25"}]) as stream:
        text = "".join(stream.text_stream)
        final = stream.get_final_message()
    assert len(text.split()) == 25
    record = signalbox.record_of(name)
    assert record["streamed"] and record["usage"]["output"] == final.usage.output_tokens
    assert record["time_to_first_token_ms"] > 0 and record["finish_reason"] == "end_turn"


def test_tools(client):
    answer = client.messages.create(
        model="claude-haiku", max_tokens=200, messages=[{"role": "user", "content": "What is the weather in Rome?"}],
        tools=[{"name": "get_weather", "input_schema": {
            "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}])
    call = next(block for block in answer.content if block.type == "tool_use")
    assert call.name == "get_weather" and "city" in call.input


def test_count_tokens_and_models(client):
    count = client.messages.count_tokens(model="claude-haiku", messages=[{"role": "user", "content": "hello there"}])
    assert count.input_tokens > 0
    assert "claude-haiku" in [model.id for model in client.models.list()]


def test_errors_raise_the_right_exceptions(client, signalbox):
    message = [{"role": "user", "content": "x"}]
    with pytest.raises(anthropic.NotFoundError, match="no-such-thing"):
        client.messages.create(model="no-such-thing", max_tokens=5, messages=message)
    with pytest.raises(anthropic.AuthenticationError):
        anthropic.Anthropic(base_url=signalbox.url, api_key="sk-wrong").messages.create(
            model="claude-haiku", max_tokens=5, messages=message)
    with pytest.raises(anthropic.RateLimitError):
        client.messages.create(model="claude-haiku", max_tokens=5, messages=[
            {"role": "user", "content": "[[sim: status=429]] x"}])


def test_key_as_x_api_key(signalbox):
    with signalbox.request(
            "POST", "/v1/messages", key=None,
            headers={"x-api-key": signalbox.admin_key, "anthropic-version": "2023-06-01"},
            body={"model": "claude-haiku", "max_tokens": 9, "messages": [{"role": "user", "content": "echo: a"}]}) as answer:
        assert answer.status == 200
