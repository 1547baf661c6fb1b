"""The unchanged `openrouter` package from PyPI, which validates every answer strictly."""
import pytest
from openrouter import OpenRouter, errors

from harness import eventually

QUESTION = [{"role": "user", "content": "echo: hello there"}]


@pytest.fixture(scope="module")
def client(signalbox):
    return OpenRouter(api_key=signalbox.admin_key, server_url=signalbox.url + "/compat/openrouter/api/v1")


def test_chat_with_cost_and_generation(client):
    answer = client.chat.send(model="gpt-4o-mini", messages=QUESTION, stream=False)
    assert answer.choices[0].message.content == "hello there"
    assert answer.usage.cost > 0, "what the call cost, in dollars"

    def probe():
        try:
            return client.generations.get_generation(id=answer.id).data
        except errors.OpenRouterError as error:
            assert error.status_code == 404, error
            return None
    generation = eventually(probe, "the record of the call")
    assert generation.total_cost == pytest.approx(answer.usage.cost)
    assert generation.provider_name == "up" and generation.tokens_prompt == answer.usage.prompt_tokens


def test_stream_ends_with_cost(client):
    with client.chat.send(model="gpt-4o-mini", messages=QUESTION, stream=True) as stream:
        chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "hello there"
    assert chunks[-1].usage.cost > 0, "OpenRouter sends usage without being asked"


def test_fallback_models_and_preferences(client):
    answer = client.chat.send(
        model="unreachable", models=["unreachable", "gpt-4o-mini"], messages=QUESTION, stream=False,
        provider={"allow_fallbacks": True, "sort": "price"})
    assert answer.choices[0].message.content == "hello there"


def test_tools(client):
    tools = [{"type": "function", "function": {"name": "get_weather", "parameters": {
        "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]
    answer = client.chat.send(
        model="gpt-4o-mini", tools=tools, stream=False,
        messages=[{"role": "user", "content": "What is the weather in Paris?"}])
    assert answer.choices[0].message.tool_calls[0].function.name == "get_weather"


def test_responses(client):
    answer = client.responses.send(model="gpt-4o-mini", input="echo: hi", stream=False)
    assert answer.output[0].content[0].text == "hi" and answer.usage.cost > 0


def test_embeddings(client):
    answer = client.embeddings.generate(model="text-embedding-3-small", input="a b")
    assert len(answer.data) == 1 and len(answer.data[0].embedding) > 0


def test_models(client):
    page = client.models.list(limit=500).result
    mini = next(model for model in page.data if model.id == "gpt-4o-mini")
    assert float(mini.pricing.prompt) > 0 and mini.context_length > 0
    assert page.total_count == len(page.data) and client.models.count().data.count == page.total_count
    author, slug = mini.canonical_slug.split("/", 1)
    endpoints = client.endpoints.list(author=author, slug=slug).data.endpoints
    assert [one.provider_name for one in endpoints] == ["up"]
    assert "up" in [provider.slug for provider in client.providers.list().data]


def test_credits_and_keys(client):
    assert client.credits.get_credits().data.total_usage >= 0
    made = client.api_keys.create(name="openrouter-key", limit=2.5, limit_reset="monthly")
    assert made.key.startswith("sb-") and made.data.limit == 2.5 and made.data.limit_reset == "monthly"
    own = OpenRouter(api_key=made.key, server_url=client.sdk_configuration.server_url)
    assert own.api_keys.get_current_key_metadata().data.limit_remaining == 2.5
    assert client.api_keys.get(hash=made.data.hash).data.name == "openrouter-key"
    assert client.api_keys.update(hash=made.data.hash, disabled=True).data.disabled
    client.api_keys.delete(hash=made.data.hash)
    with pytest.raises(errors.OpenRouterError) as error:
        client.api_keys.get(hash=made.data.hash)
    assert error.value.status_code == 404


def test_errors(client):
    with pytest.raises(errors.OpenRouterError) as error:
        client.chat.send(model="no-such-thing", messages=QUESTION, stream=False)
    assert error.value.status_code == 404
    wrong = OpenRouter(api_key="sk-or-wrong", server_url=client.sdk_configuration.server_url)
    with pytest.raises(errors.OpenRouterError) as error:
        wrong.credits.get_credits()
    assert error.value.status_code == 401
