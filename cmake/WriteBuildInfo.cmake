# Writes OUTPUT only when a fact changed, so that nothing is compiled again for nothing.
find_package(Git QUIET)
set(commit "unknown")
set(dirty "false")
if(GIT_FOUND)
  execute_process(COMMAND "${GIT_EXECUTABLE}" -C "${SOURCE_DIR}" rev-parse --short=10 HEAD
                  OUTPUT_VARIABLE head RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(status EQUAL 0)
    set(commit "${head}")
    execute_process(COMMAND "${GIT_EXECUTABLE}" -C "${SOURCE_DIR}" status --porcelain --untracked-files=no
                    OUTPUT_VARIABLE changes OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(NOT changes STREQUAL "")
      set(dirty "true")
    endif()
  endif()
endif()
set(text "#pragma once
// Written by cmake/WriteBuildInfo.cmake.
#define UNITCOST_VERSION \"${VERSION}\"
#define UNITCOST_COMMIT \"${commit}\"
#define UNITCOST_COMMIT_DIRTY ${dirty}
#define UNITCOST_COMPILER \"${COMPILER}\"
#define UNITCOST_FLAGS \"${FLAGS}\"
#define UNITCOST_SANITIZERS \"${SANITIZE}\"
#define UNITCOST_BENCHMARK_VERSION \"${BENCHMARK_VERSION}\"
#define UNITCOST_BOOST_VERSION \"${BOOST_VERSION}\"
")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT old STREQUAL text)
  file(WRITE "${OUTPUT}" "${text}")
endif()
