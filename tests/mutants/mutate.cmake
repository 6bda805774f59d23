# cmake -DMUTANT=… -DROOT=… -DOUTPUT=… -P mutate.cmake: writes the source file without its safety line. Fails if the
# line is not there exactly once: it has changed, so mutants.cmake must name it as it is now.
include(${CMAKE_CURRENT_LIST_DIR}/mutants.cmake)
set(source "${${MUTANT}_source}")
set(line "${${MUTANT}_line}")
file(READ "${ROOT}/${source}" text)
string(FIND "${text}" "${line}" first)
string(FIND "${text}" "${line}" last REVERSE)
if(first EQUAL -1 OR NOT first EQUAL last)
  message(FATAL_ERROR "tests/mutants/mutants.cmake: ${source} does not have this line once: ${line}")
endif()
string(REPLACE "${line}" "${${MUTANT}_instead}" text "${text}")
file(WRITE "${OUTPUT}" "${text}")
