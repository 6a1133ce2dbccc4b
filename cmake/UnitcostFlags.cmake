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
