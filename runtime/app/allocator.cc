// What jemalloc reads at its start (CMakeLists.txt links it; another allocator does not look here).
// Free pages go back to the system after a second, by a thread of jemalloc's own: without it they
// would only go when somebody allocates, which an idle engine does not.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
}
