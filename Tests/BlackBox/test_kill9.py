"""kill -9 under load: every answered request is found afterwards, each once. `make kill9` does it 100 times."""
import threading
import uuid

from harness import chat, eventually, http_request, read_answer


def test_nothing_answered_is_lost(start):
    server = start()
    answered, lock = [], threading.Lock()

    def load(worker):
        try:
            with server.connect() as connection:
                turn = 0
                while True:
                    turn += 1
                    streams = turn % 5 == 0
                    connection.sendall(http_request(chat(f"echo: {worker} {turn} {uuid.uuid4()}", stream=streams)))
                    status, headers, body, _ = read_answer(connection)
                    if status == 200:
                        with lock:
                            answered.append(headers["x-signalbox-request-id"])
        except (AssertionError, OSError):
            pass  # The server was killed.

    for round in range(3):
        threads = [threading.Thread(target=load, args=(worker,)) for worker in range(8)]
        for thread in threads:
            thread.start()
        goal = len(answered) + 300
        eventually(lambda: len(answered) >= goal, "the load")
        server.kill()
        for thread in threads:
            thread.join(30)
        server.start()
    stored = set()
    cursor = ""
    while True:
        page = server.get(f"/api/v1/requests?limit=1000{cursor}")
        ids = [row["id"] for row in page["data"]]
        assert not stored.intersection(ids), "a request is listed twice"
        stored.update(ids)
        if not page["next_cursor"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    missing = [request_id for request_id in answered if request_id not in stored]
    assert not missing, f"{len(missing)} of {len(answered)} answered requests are lost"
    total = server.get("/api/v1/requests?limit=1&count=true")["total"]
    calls = server.get("/api/v1/summary?group_by=total")["totals"]["calls"]
    assert total == len(stored) == calls, "rollups and rows agree"
