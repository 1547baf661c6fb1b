"""Makes the calls of the fault table, all of them side by side, and notes what became of each."""
import concurrent.futures
import http.client
import json
import time
import urllib.request

from harness import ADMIN_KEY, PATIENCE_S, Server, Simulator

WORDS = " ".join(f"word{number}" for number in range(40))
SIDE_BY_SIDE = 24
# Every call has a deadline of 5 s at most; a machine that is busy may take longer to notice.
LONGEST_S = 20


class FaultServer(Server):
    """Two simulators, each as a provider in three dialects, and a route for each case."""

    def __init__(self, first, second, cases):
        self.second, self.cases = second, cases
        super().__init__(first)

    def write_config(self, settings="", models=""):
        slow = f"http://127.0.0.1:{self.sim.port}/fault/slow-read=16k"
        bases = [("first", "", f"http://127.0.0.1:{self.sim.port}"), ("first", "-slow", slow),
                 ("second", "", f"http://127.0.0.1:{self.second.port}")]
        providers = [f'  - {{name: {name}{form}{ending}, dialect: {dialect}, base_url: "{base}{path}", '
                     'api_key: "${UPSTREAM_KEY}"}'
                     for name, ending, base in bases
                     for form, dialect, path in (("", "openai", "/v1"), ("-claude", "anthropic", ""),
                                                 ("-gemini", "gemini", "/v1beta"))]
        plain = [f'  - {{name: {one.name}, provider: {one.first}, upstream_model: "{one.upstream_model}"}}'
                 for one in self.cases if not one.definition()]
        routes = [one.definition() for one in self.cases if one.definition()]
        self.config.write_text("\n".join([
            f"listen: 127.0.0.1:{self.port}", f"data: {self.folder}/data",
            "timeouts: {first_byte: 1s, idle: 1s, total: 5s}",
            "providers:", *providers, "models:", *plain, "routes:", *routes, ""]))


class Outcome:
    """One call's answer, as its caller sees it."""

    def __init__(self):
        self.status, self.headers, self.body, self.cut, self.seconds = 0, {}, b"", False, 0.0
        self.stuck = False
        self.records, self.why, self.budgets = [], None, {}
        # The same call once more, where there is a cache.
        self.again = None

    @property
    def request_id(self):
        return self.headers.get("x-signalbox-request-id")


def body_of(case):
    """The request in the caller's dialect."""
    prompt = f"echo: {WORDS}"
    dialect = case.feature.caller
    if dialect == "gemini":
        verb = "streamGenerateContent?alt=sse" if case.streams else "generateContent"
        return f"/v1beta/models/{case.name}:{verb}", {"contents": [{"role": "user", "parts": [{"text": prompt}]}]}
    body = {"model": case.name, "messages": [{"role": "user", "content": prompt}], "stream": case.streams}
    if dialect == "anthropic":
        return "/v1/messages", body | {"max_tokens": 500}
    return "/v1/chat/completions", body


def call(server, case, key, session=None):
    outcome = Outcome()
    path, body = body_of(case)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **dict(case.feature.headers)}
    if session:
        headers["x-signalbox-session"] = session
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONGEST_S)
    begun = time.monotonic()
    try:
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        outcome.status = answer.status
        outcome.headers = {name.lower(): value for name, value in answer.getheaders()}
        try:
            outcome.body = answer.read()
        except http.client.IncompleteRead as error:
            outcome.body, outcome.cut = error.partial, True
    except TimeoutError:
        outcome.stuck = True
    except (http.client.RemoteDisconnected, ConnectionError):
        outcome.cut = True
    finally:
        connection.close()
    outcome.seconds = time.monotonic() - begun
    return outcome


def make_key(server, case):
    """A key of its own for each case, with a budget that shows what was charged."""
    rules = {"budgets": [{"id": "tokens", "unit": "tokens", "limit": 10_000_000, "window": "lifetime"},
                         {"id": "calls", "unit": "requests", "limit": 1_000, "window": "lifetime"}],
             "limits": [{"id": "open", "unit": "parallel", "limit": 1}]}
    with server.request("POST", "/api/v1/keys", {"name": case.name, "rules": rules}) as answer:
        made = json.load(answer)
    return made["id"], made["secret"]


def session_at_first(server, case):
    """A session that the route keeps on the faulty target."""
    for number in range(64):
        session = f"session-{number}"
        trial = {"route": case.name, "request": {"model": case.name, "messages": []}, "session": session}
        with server.request("POST", "/api/v1/routes/dry-run", trial) as answer:
            if json.load(answer)["routing"]["attempts"][0] == 0:
                return session
    raise AssertionError("no session goes to the first target")


def run(server, case):
    key_id, key = make_key(server, case)
    session = session_at_first(server, case) if case.feature.name == "sticky" else None
    outcome = call(server, case, key, session)
    outcome.key_id = key_id
    if case.feature.name == "cached":
        outcome.again = call(server, case, key)
    return outcome


def run_all(cases):
    """Every case's outcome by its name."""
    first, second = Simulator(), Simulator()
    server = None
    try:
        script(first, cases)
        server = FaultServer(first, second, cases)
        with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            outcomes = dict(zip((one.name for one in cases), pool.map(lambda one: run(server, one), cases)))
            list(pool.map(lambda one: look_up(server, one), outcomes.values()))
        return outcomes
    finally:
        for started in filter(None, (server, first, second)):
            started.stop()


def script(sim, cases):
    """With `retry`, only the first request fails."""
    rules = [{"match": {"model": one.upstream_model, "nth": 1}, "fault": one.fault.directive}
             for one in cases if one.feature.name == "retry" and one.fault.directive]
    request = urllib.request.Request(f"http://127.0.0.1:{sim.port}/sim/script", data=json.dumps(rules).encode(),
                                     method="POST", headers={"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=PATIENCE_S).close()


def look_up(server, outcome):
    """The call's records, oldest first, and what its budgets say."""
    expected, deadline = (2 if outcome.again else 1), time.monotonic() + PATIENCE_S
    while len(outcome.records) < expected and time.monotonic() < deadline:
        outcome.records = server.get(f"/api/v1/requests?limit=10&key={outcome.key_id}")["data"][::-1]
        if len(outcome.records) < expected:
            time.sleep(0.05)
    if outcome.records:
        outcome.why = server.get(f"/api/v1/requests/{outcome.records[0]['id']}/why")
    states = server.get(f"/api/v1/budgets?kind=key&id={outcome.key_id}")["data"]
    outcome.budgets = {one["rule"]: one for one in states}
