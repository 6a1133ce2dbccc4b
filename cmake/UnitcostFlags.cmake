# One interface target carries every flag, others what is measured and what the harness's tests need besides; no target sets its own.
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
# The same code at other addresses: where functions and data lie changes how fast they are, and any change of code moves the rest of it.
set(UNITCOST_LAYOUT 0 CACHE STRING "Link order: 0 as the linker has it; k > 0: shuffled with seed k (needs lld)")
if(NOT UNITCOST_LAYOUT MATCHES "^[0-9]+$")
  message(FATAL_ERROR "UNITCOST_LAYOUT is '${UNITCOST_LAYOUT}'; it must be a number: 0, or the seed of a link order")
endif()
if(UNITCOST_LAYOUT GREATER 0)
  set(UNITCOST_LAYOUT_OPTIONS -fuse-ld=lld
    # Not *: the order in which a program's parts are initialised (.init_array) stays.
    -Wl,--shuffle-sections=.text*=${UNITCOST_LAYOUT} -Wl,--shuffle-sections=.rodata*=${UNITCOST_LAYOUT}
    -Wl,--shuffle-sections=.data*=${UNITCOST_LAYOUT} -Wl,--shuffle-sections=.bss*=${UNITCOST_LAYOUT}
    # Nothing of it is in memory while a program runs, and it is nineteen in twenty bytes of every link order.
    -Wl,--strip-debug)
  include(CheckCXXSourceCompiles)
  include(CMakePushCheckState)
  cmake_push_check_state(RESET)
  set(CMAKE_REQUIRED_LINK_OPTIONS ${UNITCOST_LAYOUT_OPTIONS})
  check_cxx_source_compiles("int main() { return 0; }" UNITCOST_CAN_SHUFFLE)
  cmake_pop_check_state()
  if(NOT UNITCOST_CAN_SHUFFLE)
    unset(UNITCOST_CAN_SHUFFLE CACHE)  # or it would still fail when lld is there
    message(FATAL_ERROR "Link orders need the linker lld, version 13 or newer (Debian, Ubuntu: apt-get install lld)")
  endif()
  # A section for every function, the same for all k > 0: another k links again and compiles nothing.
  target_compile_options(unitcost_flags INTERFACE -ffunction-sections)
  target_link_options(unitcost_flags INTERFACE ${UNITCOST_LAYOUT_OPTIONS})
endif()
find_package(Threads REQUIRED)
target_link_libraries(unitcost_flags INTERFACE Threads::Threads)

# What is measured: every function begins with a cache line, so that a loop's place in its lines follows from its own code. Else it follows from what
# the linker put in front of it, and that alone makes short loops up to two thirds slower (docs/method.md, section 8).
add_library(unitcost_measured INTERFACE)
target_link_libraries(unitcost_measured INTERFACE unitcost_flags)
target_compile_options(unitcost_measured INTERFACE -falign-functions=64)
# Nor by what a distribution adds to every function unasked (Ubuntu does, Debian does not): probes of the stack, canaries, landing pads for jumps.
include(CheckCXXCompilerFlag)
foreach(option -fno-stack-clash-protection -fno-stack-protector -fcf-protection=none)
  string(MAKE_C_IDENTIFIER "UNITCOST_HAS_${option}" known)
  check_cxx_compiler_flag("${option}" "${known}")
  if(${known})
    target_compile_options(unitcost_measured INTERFACE "${option}")
  endif()
endforeach()

# The tests of the harness, a hundred files, are neither optimised nor sanitized; what they test is. g++ spends half of a test's compilation, and under the address sanitizer two
# thirds, on what runs for milliseconds.
add_library(unitcost_unoptimised INTERFACE)
target_compile_options(unitcost_unoptimised INTERFACE -O0 -g1 -fno-sanitize=all)

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
