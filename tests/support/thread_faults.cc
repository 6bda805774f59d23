// A machine without threads left, preloaded (LD_PRELOAD) under the real program: while the file
// named by AURA_NO_THREADS exists, no thread can be started. Any thread.
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              void* (*run)(void*), void* argument) {
  using Call = int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static auto* const call = reinterpret_cast<Call*>(dlsym(RTLD_NEXT, "pthread_create"));
  const char* const file = std::getenv("AURA_NO_THREADS");
  if (file != nullptr && access(file, F_OK) == 0) return EAGAIN;
  return call(thread, attributes, run, argument);
}
