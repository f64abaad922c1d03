#pragma once

// To be included once in a program that holds a hub. Read by jemalloc before main: a hub has few busy threads, and what a
// bulk load freed goes back after a second. By default every core brings four arenas that keep it for ten; a fifth more
// memory at the peak of a bulk load.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:4,dirty_decay_ms:1000,muzzy_decay_ms:0";
}
