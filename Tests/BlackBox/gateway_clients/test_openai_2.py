"""The unchanged `openai` package from PyPI, generation 2.x, at the base URLs that it is pointed at."""
import openai
import pytest

assert openai.__version__.startswith("2."), "this folder has its own virtual environment"

BASES = ["/v1", "/compat/openrouter/api/v1", "/compat/litellm", "/compat/litellm/v1", "/compat/portkey/v1",
         "/compat/helicone/v1"]
QUESTION = [{"role": "user", "content": "echo: hello there"}]


@pytest.fixture(params=BASES)
def client(request, signalbox):
    return openai.OpenAI(base_url=signalbox.url + request.param, api_key=signalbox.admin_key, max_retries=0)


def test_chat(client):
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=QUESTION)
    assert answer.choices[0].message.content == "hello there" and answer.usage.total_tokens > 0


def test_stream(client):
    chunks = list(client.chat.completions.create(
        model="gpt-4o-mini", stream=True, stream_options={"include_usage": True}, messages=QUESTION))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "hello there" and chunks[-1].usage.total_tokens > 0


def test_models(client):
    assert "gpt-4o-mini" in [model.id for model in client.models.list()]


def test_embeddings(client):
    answer = client.embeddings.create(model="text-embedding-3-small", input=["a", "b"], dimensions=8)
    assert [len(one.embedding) for one in answer.data] == [8, 8]


def test_a_model_that_does_not_exist(client):
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="no-such-thing", messages=QUESTION)


def test_a_wrong_key(client):
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="sk-wrong").models.list()
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="sk-wrong").chat.completions.create(model="gpt-4o-mini", messages=QUESTION)
