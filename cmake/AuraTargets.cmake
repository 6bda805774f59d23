# aura_library(NAME SOURCES… LINK…): one static library per layer, with warnings as errors.
# aura_test(NAME LABEL SOURCES… LINK… [PRECOMPILE headers…]): one GoogleTest program, registered with ctest.
# aura_unity(NAME): with AURA_UNITY, the compiler gets eight files of the target at a time, which share parsed headers
# and instantiated templates. Names in their anonymous namespaces must therefore differ. Libraries have it.
# aura_precompile(NAME HEADERS…): precompiles headers that nearly every file of a target includes. Parsing the
# standard library and the generated records took two thirds of a file's compile time.
set(AURA_STANDARD_HEADERS <algorithm> <atomic> <chrono> <functional> <map> <memory> <mutex>
    <optional> <string> <string_view> <unordered_map> <utility> <variant> <vector>
    <tl/expected.hpp>)
function(aura_precompile name)
  target_precompile_headers(${name} PRIVATE ${AURA_STANDARD_HEADERS} ${ARGN})
endfunction()

function(aura_unity name)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${AURA_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

function(aura_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC aura_options ${ARG_LINK})
  aura_unity(${name})
endfunction()

function(aura_test name label)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRECOMPILE" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE aura_options ${ARG_LINK} GTest::gtest GTest::gmock
                        GTest::gtest_main)
  aura_precompile(${name} <gtest/gtest.h> <gmock/gmock.h> ${ARG_PRECOMPILE})
  # The tested code is optimised as its preset says; the tests themselves only need to compile fast.
  target_compile_options(${name} PRIVATE -O0)
  add_test(NAME ${name} COMMAND ${name})
  set(limit 300)
  if(AURA_SANITIZE)
    set(limit 1200)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${limit}
    ENVIRONMENT "UBSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/cmake/ubsan.supp:halt_on_error=1:print_stacktrace=1")
endfunction()
