# AnyStyle as a contestant: see `Peer` in src/loose.rs.
require "anystyle"

def now = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)

text = ARGV.join("\n")
# Its first call reads its model.
AnyStyle.parse(ARGV.first)
$stdout.sync = true
puts "ready"
$stdin.each_line do
  start = now
  AnyStyle.parse(text)
  puts now - start
end
