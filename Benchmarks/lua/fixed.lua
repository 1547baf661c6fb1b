-- The same chat request every time.
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer " .. (os.getenv("BENCH_KEY") or "none")
wrk.body = string.format(
    '{"model":"%s","messages":[{"role":"system","content":"You are a helpful assistant."},' ..
    '{"role":"user","content":"Say hello in one short sentence."}],"temperature":0}',
    os.getenv("BENCH_MODEL") or "gpt-4o-mini")
