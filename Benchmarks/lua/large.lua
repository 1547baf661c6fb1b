-- Prompts of about 75,000 tokens, as agents send them: all but the last twentieth is the same every time, and every
-- second call streams.
local model = os.getenv("BENCH_MODEL") or "gpt-4o-mini"
local run = tostring(os.time()) .. "-" .. tostring({}):gsub("table: ", "")
local words = {"signal", "route", "train", "switch", "track", "yard", "lamp", "lever", "block", "station"}
local count = 0

local function text(bytes, seed)
    local parts, size, state = {}, 0, seed
    while size < bytes do
        state = (state * 1103515245 + 12345) % 2147483648
        local word = words[state % #words + 1]
        parts[#parts + 1] = word
        size = size + #word + 1
    end
    return table.concat(parts, " ")
end

local shared = {}
for turn = 1, 95 do
    shared[turn] = string.format('{"role":"%s","content":"%s"}', turn % 2 == 1 and "user" or "assistant", text(3000, turn))
end
local prefix = table.concat(shared, ",")

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer " .. (os.getenv("BENCH_KEY") or "none")

function request()
    count = count + 1
    local last = text(15000, count * 7919 % 100003)
    local body = string.format(
        '{"model":"%s","stream":%s,"max_tokens":64,"messages":[%s,{"role":"user","content":"%s %d %s"}]}',
        model, count % 2 == 0 and "true" or "false", prefix, run, count, last)
    return wrk.format(nil, nil, nil, body)
end
