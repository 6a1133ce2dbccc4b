# unitcost_record_registrations(TARGET): what links TARGET sends its registrations of benchmarks through
# benchmarks/support/suite/recorded.cpp, where it is said which name belongs to which version of Google Benchmark.
function(unitcost_record_registrations target)
  set(register "_ZN9benchmark8internal25RegisterBenchmarkInternal")
  target_link_options(${target} INTERFACE
    "LINKER:--wrap=${register}EPNS0_9BenchmarkE"
    "LINKER:--wrap=${register}ESt10unique_ptrINS0_9BenchmarkESt14default_deleteIS2_EE"
    "LINKER:--wrap=${register}ESt10unique_ptrINS_9BenchmarkESt14default_deleteIS2_EE")
endfunction()

# unitcost_add_benchmark_main(ROOT): the target unitcost::benchmark_main, of the sources under ROOT. It is compiled by whoever uses it:
# Google Benchmark's classes differ from one release to the next, so only his own headers, compiler and standard library fit his program.
function(unitcost_add_benchmark_main root)
  file(GLOB sources "${root}/benchmarks/support/*.cpp" "${root}/benchmarks/support/suite/*.cpp")
  add_library(unitcost_benchmark_main STATIC EXCLUDE_FROM_ALL ${sources})
  add_library(unitcost::benchmark_main ALIAS unitcost_benchmark_main)
  target_include_directories(unitcost_benchmark_main PRIVATE "${root}")
  target_link_libraries(unitcost_benchmark_main PUBLIC benchmark::benchmark)
  unitcost_record_registrations(unitcost_benchmark_main)
  # C++20 inside, whatever the programs are; and the project's wishes for its own code (lints, unity builds, link-time optimisation,
  # which hides from some linkers what --wrap asks for) are not for this.
  set_target_properties(unitcost_benchmark_main PROPERTIES
    CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
    UNITY_BUILD OFF INTERPROCEDURAL_OPTIMIZATION OFF CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT "" CXX_INCLUDE_WHAT_YOU_USE "")
  target_compile_options(unitcost_benchmark_main PRIVATE -w -fexceptions -fno-lto)
endfunction()
