#include "benchmarks/support/suite/suite.hpp"

int main(int argc, char** argv) { return unitcost::run_suite({argv, argv + argc}); }
