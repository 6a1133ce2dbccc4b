# `cmake --install`: the package that gives others our main() (docs/package.md). It holds sources, so it fits every machine.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(_sources "${CMAKE_INSTALL_DATADIR}/unitcost/benchmarks/support")
set(_config "${CMAKE_INSTALL_DATADIR}/cmake/unitcost")  # unitcostConfig.cmake finds the sources from here

foreach(part IN ITEMS draws frame options placement slices token)
  install(FILES benchmarks/support/${part}.hpp benchmarks/support/${part}.cpp DESTINATION "${_sources}" COMPONENT benchmark_main)
endforeach()
install(FILES benchmarks/support/reporters.hpp DESTINATION "${_sources}" COMPONENT benchmark_main)
install(DIRECTORY benchmarks/support/suite DESTINATION "${_sources}" COMPONENT benchmark_main)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/unitcost" COMPONENT benchmark_main)

write_basic_package_version_file("${UNITCOST_GENERATED_DIR}/unitcostConfigVersion.cmake"
  VERSION "${PROJECT_VERSION}" COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES cmake/unitcostConfig.cmake cmake/UnitcostBenchmarkMain.cmake "${UNITCOST_GENERATED_DIR}/unitcostConfigVersion.cmake"
  DESTINATION "${_config}" COMPONENT benchmark_main)
