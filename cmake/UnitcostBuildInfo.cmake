# What the build was, as facts that every run carries. The commit is read at build time, so a new commit needs no new configure.
set(UNITCOST_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
string(TOUPPER "${CMAKE_BUILD_TYPE}" _type)
set(UNITCOST_BUILD_FLAGS "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${_type}}")
string(STRIP "${UNITCOST_BUILD_FLAGS}" UNITCOST_BUILD_FLAGS)
add_custom_target(unitcost_build_info
  COMMAND ${CMAKE_COMMAND}
    "-DOUTPUT=${UNITCOST_GENERATED_DIR}/unitcost_build_info.hpp"
    "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}"
    "-DVERSION=${PROJECT_VERSION}"
    "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    "-DFLAGS=${UNITCOST_BUILD_FLAGS}"
    "-DSANITIZE=${UNITCOST_SANITIZE}"
    "-DBENCHMARK_VERSION=${benchmark_VERSION}"
    "-DBOOST_VERSION=${Boost_VERSION_STRING}"
    -P "${PROJECT_SOURCE_DIR}/cmake/WriteBuildInfo.cmake"
  BYPRODUCTS "${UNITCOST_GENERATED_DIR}/unitcost_build_info.hpp"
  COMMENT "Recording the build's facts"
  VERBATIM)
