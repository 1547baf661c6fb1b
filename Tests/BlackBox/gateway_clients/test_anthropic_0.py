"""The unchanged `anthropic` package from PyPI, generation 0.x: its key travels in `x-api-key`."""
import anthropic
import pytest

assert anthropic.__version__.startswith("0."), "this folder has its own virtual environment"


@pytest.fixture(scope="module")
def client(signalbox):
    return anthropic.Anthropic(base_url=signalbox.url, api_key=signalbox.admin_key, max_retries=0)


def ask(text):
    return [{"role": "user", "content": text}]


def test_message(client):
    answer = client.messages.create(model="claude-haiku", max_tokens=64, messages=ask("echo: hello there"))
    assert answer.content[0].text == "hello there"
    assert answer.stop_reason == "end_turn" and answer.usage.output_tokens > 0


def test_stream(client):
    with client.messages.stream(model="claude-haiku", max_tokens=200, messages=ask("lorem 20")) as stream:
        text = "".join(stream.text_stream)
        final = stream.get_final_message()
    assert len(text.split()) == 20 and final.content[0].text == text


def test_tools(client):
    tools = [{"name": "get_weather", "input_schema": {
        "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}]
    answer = client.messages.create(
        model="claude-haiku", max_tokens=200, tools=tools, messages=ask("What is the weather in Paris?"))
    call = next(block for block in answer.content if block.type == "tool_use")
    assert call.name == "get_weather" and "city" in call.input


def test_tokens_are_counted(client):
    assert client.messages.count_tokens(model="claude-haiku", messages=ask("one two three")).input_tokens > 0


def test_errors(client, signalbox):
    with pytest.raises(anthropic.NotFoundError, match="no-such-thing"):
        client.messages.create(model="no-such-thing", max_tokens=8, messages=ask("x"))
    with pytest.raises(anthropic.AuthenticationError):
        anthropic.Anthropic(base_url=signalbox.url, api_key="sk-wrong", max_retries=0).messages.create(
            model="claude-haiku", max_tokens=8, messages=ask("x"))
    with pytest.raises(anthropic.RateLimitError):
        client.messages.create(
            model="claude-haiku", max_tokens=8, messages=ask("[[sim: status=429; retry-after=1]] x"))
