#include "benchmarks/support/case.hpp"

int main(int argc, char** argv) {
  unitcost::CaseRegistry cases;
  unitcost::register_cases(cases);
  return unitcost::run_cases(cases, {argv, argv + argc});
}
