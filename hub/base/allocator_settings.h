#pragma once

// To be included once in a program that holds a hub. Read by jemalloc before main: a hub has few busy threads. What a bulk load
// freed is kept for five seconds: after one, a third more of what it allocates is cleared by the kernel again (a tenth of its
// processor time). By default every core brings four arenas that keep it for ten: a fifth more memory at the peak.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:4,dirty_decay_ms:5000,muzzy_decay_ms:0";
}
