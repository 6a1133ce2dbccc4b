#pragma once
// A scenario that uses every key of the format, for tests that change one thing about it.
#include <string>

namespace unitcost::testing_support {

inline const std::string kExample = R"(
schema   = 1
question = "What does a dependent load cost?"
why      = { en = "Because.", pt = "Porque." }
reading  = "Lower is better."

[cases]
random      = "walk/order:random/page:base/bytes:{bytes}"
sequential  = "walk/order:sequential/page:base/bytes:{bytes}"
random_huge = "walk/order:random/page:huge/bytes:{bytes}"
calls       = { name = "open_each/bytes:10000", observe = "syscalls" }
twin        = { program = "python/batching", name = "open_each/bytes:10000" }
held        = "mutex/threads:{threads}/section:{section}"
chunked     = "write/chunk:{chunk}"
chain       = "register_chain"

[axis.bytes]
values = { from = "4KiB", to = "64KiB", near_cliffs = 4, cliff_case = "random_huge" }

[axis.threads]
values = { cpus = "1..2x" }

[axis.section]
values = ["empty", "short", "long"]

[axis.chunk]
values = ["1B", "64B", "4KiB"]

[run]
memory = { axis = "bytes", factor = 1.5, extra = "1MiB" }

[run.calls]
cpus      = "all"
timeout_s = 120
slow      = true

[run.held]
cpus      = 2
sample_ms = 20
memory    = { extra = "2MiB" }

[[claim]]
id        = "memory.random-array"
variant   = "array"
source    = { key = "fundamentos", section = "1.2" }
says      = "Random access is slower."
metric    = { ratio = ["random", "sequential"], counter = "access_ns", at = { bytes = "past-last-cache" } }
expect    = { at_least = 2.0 }
control   = { ratio = ["random", "sequential"], counter = "access_ns", at = { bytes = "half-first-cache" }, expect = { low = 0.9, high = 1.1 } }
ceiling   = { value = "chain", counter = "access_ns", expect = { at_most = 4, times_cpus_up_to = 4 } }
conflicts = ["other.claim"]
instead   = "It is not."

[[claim]]
id     = "memory.l1"
source = { key = "fundamentos" }
says   = "L1 takes 1–2 ns."
metric = { level = "l1", curve = "random_huge", over = "bytes", counter = "access_ns" }
expect = { above = 1, below = 2 }
ladder = "L1 hit"

[[claim]]
id     = "memory.hierarchy-order"
source = { key = "fundamentos" }
says   = "Each level is slower."
metric = { monotone = ["l1", "l2", "last-cache", "memory"], curve = "random_huge", over = "bytes", counter = "access_ns" }
expect = { at_least = 1 }

[[claim]]
id     = "memory.l1-size"
source = { key = "ours" }
says   = "L1 is 32–64 KiB."
metric = { cliff = "first", curve = "random_huge", over = "bytes", counter = "access_ns" }
expect = { low = 32768, high = 65536 }

[[claim]]
id     = "syscall.batch-count"
source = { key = "processos" }
says   = "Many calls."
metric = { difference = ["calls", "twin"], counter = "syscalls", divided_by = 10000 }
expect = { low = 2.9, high = 3.1 }

[[claim]]
id     = "syscall.batch-law"
source = { key = "os-guide" }
says   = "Fewer, larger calls are cheaper."
metric = { inverse_fit = "chunked", over = "chunk", counter = "byte_ns" }
expect = { at_most = 0.25 }

[[claim]]
id     = "process.fork-page-tables"
source = { key = "review" }
says   = "Proportional."
metric = { linearity = "chunked", over = "chunk", counter = "byte_ns", from = "64B" }
expect = { low = 0.8, high = 1.25 }

[[claim]]
id     = "sync.cost"
source = { key = "ours" }
says   = "It costs."
metric = { value = "held", counter = "acquire_ns", at = { threads = 2, section = "each" }, scale = 0.001 }
unit   = "us"

[[figure]]
kind        = "curve"
title       = "Random against sequential"
cases       = ["random", "sequential"]
x           = "bytes"
y           = "access_ns"
scale       = "log-log"
relative_to = "sequential"
inverse     = true
cliffs      = true
claims      = ["memory.l1"]

[[figure]]
kind  = "dots"
title = { en = "All", pt = "Todos" }
y     = "access_ns"
minus = "sequential"
)";

}  // namespace unitcost::testing_support
