-- Tell what was measured as one line of JSON; ask the paths named behind "--" in turn, if there are any.
local paths, turn = {}, 0

function init(args)
   for _, path in ipairs(args) do
      table.insert(paths, path)
   end
end

function request()
   if #paths == 0 then
      return wrk.request()
   end
   turn = turn % #paths + 1
   return wrk.format(nil, paths[turn])
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      'REPORT {"requests": %d, "seconds": %f, "bytes": %d, "failed": %d, "p50": %f, "p99": %f}\n',
      summary.requests, summary.duration / 1e6, summary.bytes,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
