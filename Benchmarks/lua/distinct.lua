-- A chat request whose user message never repeats, so that no content is stored twice.
local model = os.getenv("BENCH_MODEL") or "gpt-4o-mini"
local run = tostring(os.time()) .. "-" .. tostring({}):gsub("table: ", "")
local count = 0

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer " .. (os.getenv("BENCH_KEY") or "none")

function request()
    count = count + 1
    local body = string.format(
        '{"model":"%s","messages":[{"role":"system","content":"You are a helpful assistant."},' ..
        '{"role":"user","content":"Question %d of run %s: what is %d plus %d?"}],"temperature":0}',
        model, count, run, count * 7919 % 100003, count)
    return wrk.format(nil, nil, nil, body)
end
