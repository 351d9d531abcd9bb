-- Posts webhooks of 1.2 kB as 100ms sends them, each with an id of its own: run, thread and number.
-- Arguments: the run's number, and the seconds that it sends for. wrk must run for a second longer: in it every request
-- is answered that was sent, so that whatever was sent is also acknowledged, or refused.

local ffi = require("ffi")
ffi.cdef [[
typedef struct { long seconds; long nanos; } kulti_time;
int clock_gettime(int clock, kulti_time *time);
]]

local MONOTONIC = ffi.os == "OSX" and 6 or 1
local time = ffi.new("kulti_time")

local function now()
  ffi.C.clock_gettime(MONOTONIC, time)
  return tonumber(time.seconds) + tonumber(time.nanos) * 1e-9
end

-- The same length for every webhook: its two ids and its room are written with leading zeros.
local BODY = '{"version":"2.0","id":"%08d-%04d-4000-8000-%012d","account_id":"5f9edc6abe7ab2fdd3f5a2b6",'
  .. '"timestamp":"2026-11-22T12:59:57Z","type":"beam.recording.success","data":{'
  .. '"beam_id":"61a61f5a8f1d3c0007a1b2c3","created_at":"2026-11-22T12:59:57.672493658Z","duration":79,'
  .. '"metadata_id":"0f0c7a3e-3b1e-4c5d-8a77-6a2b9d1e4c11","metadata_timestamp":"2026-11-22T12:59:57.679491494Z",'
  .. '"peer_id":"9c2d6c1e-1f5a-4c39-8c5b-3a4d2f6e7b88","recording_id":"61a61fad8f1d3c0007a1b2d4",'
  .. '"recording_path":"s3://bucket/prefix/beam/6183f1a2b3c4d5e6f7a8b9c0/20261122/Rec-1638277114.mp4",'
  .. '"recording_presigned_url":"https://storage.example.com/file?X-Amz-Signature=0123456789abcdef",'
  .. '"chat_recording_path":"s3://bucket/prefix/beam/6183f1a2b3c4d5e6f7a8b9c0/20261122/Rec-1638277114.csv",'
  .. '"chat_recording_presigned_url":"https://storage.example.com/file?X-Amz-Signature=0123456789abcdef",'
  .. '"room_id":"%024d","started_at":"2026-11-22T12:58:34.051Z","stopped_at":"2026-11-22T12:59:56.778Z",'
  .. '"session_id":"61a61f4d8f1d3c0007a1b2bf","template_id":"60f1b2c3d4e5f6a7b8c9d0e1","max_height":720,'
  .. '"max_width":1280,"meeting_url":"https://kulti.app.100ms.live/preview/6183f1a2b3c4d5e6f7a8b9c0/recorder",'
  .. '"rtmp":[],"session_started_at":"2026-11-22T12:58:49.97291247Z","size":10024}}'

-- What differs from one webhook to another in life, ids and signatures, differs here: a compressor must not gain by it.
local POOL = 512
local bodies = {}

local function prepare(seed)
  math.randomseed(seed)
  for i = 1, POOL do
    bodies[i] = BODY:gsub('[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+', function(id)
      return (id:gsub('.', function() return ('%x'):format(math.random(0, 15)) end))
    end)
  end
end

local ROOMS = 1000

local HEAD = "POST /api/webhooks/hms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
  .. "X-Kulti-Webhook-Secret: bench\r\nContent-Length: " .. #BODY:format(0, 0, 0, 0) .. "\r\n\r\n"

-- What a sender begins with that has no more to say; the service waits for the rest.
local NOTHING_MORE = "P"

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

function init(arguments)
  run = tonumber(arguments[1])
  prepare(run * 100 + number)
  deadline = now() + tonumber(arguments[2])
  -- wrk has the first thread make a request that it never sends, to see whether it can be parsed: that is number 0.
  sent = number == 1 and -1 or 0
end

function request()
  if now() >= deadline then
    return NOTHING_MORE
  end
  sent = sent + 1
  return HEAD .. bodies[sent % POOL + 1]:format(run, number, sent, sent % ROOMS)
end

function done(summary, latency)
  local counts = {}
  for i, thread in ipairs(threads) do
    counts[i] = thread:get("sent")
  end
  local errors = summary.errors
  io.write(('\nLOAD {"answered":%d,"refused":%d,"broken":%d,"p99Micros":%d,"sent":[%s]}\n'):format(summary.requests,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(99),
    table.concat(counts, ",")))
end
