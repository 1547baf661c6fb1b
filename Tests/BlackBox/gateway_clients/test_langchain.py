"""The unchanged `langchain-openai` package from PyPI."""
import openai
import pytest
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI, OpenAIEmbeddings


@pytest.fixture(scope="module")
def model(signalbox):
    return ChatOpenAI(
        model="gpt-4o-mini", base_url=signalbox.url + "/v1", api_key=signalbox.admin_key, max_retries=0,
        stream_usage=True)


def test_chat(model):
    answer = model.invoke("echo: hello there")
    assert answer.content == "hello there" and answer.usage_metadata["total_tokens"] > 0


def test_stream(model):
    chunks = list(model.stream("echo: hello there"))
    assert "".join(chunk.content for chunk in chunks) == "hello there"
    assert any(chunk.usage_metadata for chunk in chunks)


def test_tools(model):
    @tool
    def get_weather(city: str) -> str:
        """The weather of a city."""
        return f"sunny in {city}"

    answer = model.bind_tools([get_weather]).invoke("What is the weather in Paris?")
    assert answer.tool_calls[0]["name"] == "get_weather" and "city" in answer.tool_calls[0]["args"]


def test_embeddings(signalbox):
    embeddings = OpenAIEmbeddings(
        model="text-embedding-3-small", base_url=signalbox.url + "/v1", api_key=signalbox.admin_key,
        check_embedding_ctx_length=False)
    assert len(embeddings.embed_documents(["a", "b"])) == 2


def test_errors(model, signalbox):
    with pytest.raises(openai.NotFoundError):
        model.bind(model="no-such-thing").invoke("x")
    with pytest.raises(openai.AuthenticationError):
        ChatOpenAI(model="gpt-4o-mini", base_url=signalbox.url + "/v1", api_key="sk-wrong", max_retries=0).invoke("x")
