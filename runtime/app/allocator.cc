// jemalloc's options, read at start (CMakeLists.txt links jemalloc; other allocators ignore them).
// jemalloc's background thread returns free pages to the system after a second. Without it, pages
// would be returned only during allocations, and an idle engine does not allocate.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
}
