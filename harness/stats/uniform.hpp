#pragma once
// Whether numbers between 0 and 1 are spread evenly, as the p-values of tests must be where nothing differs.
#include <vector>

namespace unitcost {

struct KolmogorovSmirnov {
  double distance = 0.0;  ///< largest distance of the empirical distribution from the uniform one
  double p = 1.0;         ///< two-sided; 1 for no values
  int n = 0;
};

/// The one-sample test against the uniform distribution on [0, 1]; p by Kolmogorov's series with Stephens' correction for the count (1970), good to three
/// digits from about 5 values on.
KolmogorovSmirnov kolmogorov_smirnov(std::vector<double> values);

}  // namespace unitcost
