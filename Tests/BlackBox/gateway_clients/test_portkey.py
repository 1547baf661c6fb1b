"""The unchanged `portkey-ai` package from PyPI: its key is in `x-portkey-api-key`, beside a bearer that means nothing."""
import json

import pytest
from portkey_ai import Portkey

QUESTION = [{"role": "user", "content": "echo: hello there"}]


@pytest.fixture(scope="module")
def connect(signalbox):
    def make(**options):
        return Portkey(base_url=signalbox.url + "/compat/portkey/v1", api_key=signalbox.admin_key, **options)
    return make


def test_chat(connect, signalbox):
    client = connect(trace_id="0af7651916cd43dd8448eb211c80319c", metadata={"_user": "portkey-user", "team": "a"})
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=QUESTION)
    assert answer.choices[0].message.content == "hello there"
    assert signalbox.record_of("portkey-user")["status"] == "ok"


def test_stream(connect):
    chunks = list(connect().chat.completions.create(model="gpt-4o-mini", messages=QUESTION, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == "hello there"


def test_a_config_falls_back(connect):
    config = {"strategy": {"mode": "fallback"}, "targets": [
        {"provider": "nowhere"}, {"provider": "up", "override_params": {"model": "gpt-4o-mini"}}]}
    answer = connect(config=config).chat.completions.create(model="gpt-4o-mini", messages=QUESTION)
    assert answer.choices[0].message.content == "hello there"


def test_a_provider_in_the_model_name(connect):
    answer = connect().chat.completions.create(model="@up/gpt-4o-mini", messages=QUESTION)
    assert answer.choices[0].message.content == "hello there"


def test_embeddings_and_models(connect):
    client = connect()
    assert len(client.embeddings.create(model="text-embedding-3-small", input="a b").data) == 1
    assert "gpt-4o-mini" in [model.id for model in client.models.list().data]


def test_responses(connect):
    assert connect().responses.create(model="gpt-4o-mini", input="echo: hi").output[0].content[0].text == "hi"


def test_configs_are_kept(connect, signalbox):
    client = connect()
    made = client.configs.create(name="kept", config={"retry": {"attempts": 2}})
    with signalbox.request("GET", f"/compat/portkey/v1/configs/{made.id if made.id else made.data['id']}") as answer:
        data = json.load(answer)["data"]
    assert data["name"] == "kept" and json.loads(data["config"]) == {"retry": {"attempts": 2}}


def test_prompts_are_refused_in_words(connect):
    with pytest.raises(Exception, match="not supported here"):
        connect().prompts.completions.create(prompt_id="pp-1", variables={})


def test_a_wrong_key(signalbox):
    client = Portkey(base_url=signalbox.url + "/compat/portkey/v1", api_key="pk-wrong")
    with pytest.raises(Exception, match="key"):
        client.chat.completions.create(model="gpt-4o-mini", messages=QUESTION)
