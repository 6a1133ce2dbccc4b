# One interface target carries every flag; no target sets its own.
add_library(unitcost_flags INTERFACE)
target_compile_features(unitcost_flags INTERFACE cxx_std_20)
target_include_directories(unitcost_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(unitcost_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  # The analysis must give the same bytes on every machine, so no fused multiply-add behind our back.
  -ffp-contract=off)
if(UNITCOST_WERROR)
  target_compile_options(unitcost_flags INTERFACE -Werror)
endif()
if(UNITCOST_SANITIZE)
  target_compile_options(unitcost_flags INTERFACE -fsanitize=${UNITCOST_SANITIZE} -fno-omit-frame-pointer
    # Instrumented code hides from g++ what the library initialises: it warns inside std::function and std::regex.
    -Wno-maybe-uninitialized)
  target_link_options(unitcost_flags INTERFACE -fsanitize=${UNITCOST_SANITIZE})
endif()
find_package(Threads REQUIRED)
target_link_libraries(unitcost_flags INTERFACE Threads::Threads)

# unitcost_precompile(TARGET HEADER...) compiles once what nearly every file of a target includes. Every file still includes what it
# uses: the lints compile without (CMAKE_DISABLE_PRECOMPILE_HEADERS). Kernels and benchmarks are few and small, and go without.
function(unitcost_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN}
    <algorithm> <array> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <span> <sstream> <string> <string_view>
    <vector>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    # From a precompiled <string>, g++ reports what its own library silences by pragma: string concatenation that it thinks too long.
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
endfunction()
