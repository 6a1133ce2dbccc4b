// Coverage of the interval of the median, by simulation with known truth. Seeds are fixed: the shares are the same on every machine.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/stats/estimate.hpp"
#include "harness/stats/order_statistics.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

constexpr int kTrials = 10000;
constexpr double kSampling = 0.005;  // two standard errors of a share of 94 % in kTrials

struct Shape {
  std::string name;
  double median;
  std::function<double(Random&)> draw;
};

/// Quantile 1/2 of a mixture is found by symmetry: every shape has its median by construction.
std::vector<Shape> shapes() {
  return {
      {"normal", 100.0, [](Random& random) { return 100.0 + 3.0 * random.normal(); }},
      {"log-normal", 100.0, [](Random& random) { return 100.0 * std::exp(0.5 * random.normal()); }},
      // Two layouts of a process, one slightly more often: the median lies within the upper half of the first.
      {"bimodal", 100.0,
       [](Random& random) {
         return random.uniform() < 0.625 ? 100.0 + 5.0 * (random.uniform() - 0.8) : 130.0 + random.normal();
       }},
      // One block in ten is hit by something.
      {"spiky", 100.0,
       [](Random& random) {
         return random.uniform() < 0.9 ? 100.0 + (random.uniform() - 5.0 / 9.0) : 110.0 + 500.0 * random.exponential();
       }},
  };
}

struct Coverage {
  double plain = 0.0;    ///< share of trials in which the order statistics alone cover
  double widened = 0.0;  ///< with the widening that an estimate applies when it sees correlation
};

Coverage cover(int n, double truth, std::uint64_t seed,
               const std::function<std::vector<double>(Random&, int)>& series) {
  Random random(seed);
  Coverage coverage;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto blocks = series(random, n);
    auto sorted = blocks;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = static_cast<std::size_t>(median_ranks(n).rank);
    if (sorted[rank - 1] <= truth && truth <= sorted[sorted.size() - rank]) coverage.plain += 1.0 / kTrials;
    const Estimate estimate = estimate_median(blocks);
    if (estimate.low <= truth && truth <= estimate.high) coverage.widened += 1.0 / kTrials;
  }
  return coverage;
}

/// First-order correlated, normal marginals; `transform` bends them and keeps the median.
std::vector<double> correlated(Random& random, int n, double rho, double (*transform)(double)) {
  std::vector<double> series;
  double state = random.normal();
  for (int i = 0; i < n; ++i) {
    series.push_back(transform(state));
    state = rho * state + std::sqrt(1.0 - rho * rho) * random.normal();
  }
  return series;
}

double around_hundred(double normal) { return 100.0 + 3.0 * normal; }
double skewed(double normal) { return 100.0 * std::exp(0.5 * normal); }

TEST(Coverage, IndependentBlocksAreCoveredAtEveryCountAndShape) {
  for (const auto& shape : shapes()) {
    for (int n = 6; n <= 40; ++n) {
      const auto found = cover(n, shape.median, static_cast<std::uint64_t>(n), [&](Random& random, int count) {
        std::vector<double> series;
        for (int i = 0; i < count; ++i) series.push_back(shape.draw(random));
        return series;
      });
      EXPECT_GE(found.plain, 0.95 - kSampling) << shape.name << " n = " << n;  // the widening must not be what saves it
      EXPECT_GE(found.widened, 0.95 - kSampling) << shape.name << " n = " << n;
      EXPECT_NEAR(found.plain, median_ranks(n).coverage, 0.01)
          << shape.name << " n = " << n;  // the coverage that is printed is the real one
    }
  }
}

TEST(Coverage, CorrelatedBlocksAreCoveredAfterWidening) {
  for (const auto transform : {around_hundred, skewed}) {
    for (const double rho : {0.1, 0.2, 0.3}) {
      for (int n = 6; n <= 40; ++n) {
        const auto found = cover(n, 100.0, 100 + static_cast<std::uint64_t>(n),
                                 [&](Random& random, int count) { return correlated(random, count, rho, transform); });
        EXPECT_GE(found.widened, 0.93 - kSampling) << "rho = " << rho << " n = " << n;
      }
    }
  }
}

TEST(Coverage, StrongerCorrelationIsMostlySeen) {
  for (int n = 6; n <= 40; ++n) {
    const auto found = cover(n, 100.0, 200 + static_cast<std::uint64_t>(n),
                             [](Random& random, int count) { return correlated(random, count, 0.4, around_hundred); });
    EXPECT_GE(found.widened, 0.92 - kSampling) << "n = " << n;
  }
}

TEST(Coverage, IndependentBlocksAreWidenedInAMinority) {
  for (const int n : {6, 10, 20, 40}) {
    Random random(5);
    int flagged = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      std::vector<double> blocks;
      for (int i = 0; i < n; ++i) blocks.push_back(random.normal());
      flagged += estimate_median(blocks).widened ? 1 : 0;
    }
    EXPECT_LT(flagged, 0.32 * kTrials) << n;
  }
}

TEST(Coverage, WithoutWideningCorrelatedBlocksWouldNotBeCovered) {
  const auto found =
      cover(20, 100.0, 1, [](Random& random, int count) { return correlated(random, count, 0.5, around_hundred); });
  EXPECT_LT(found.plain, 0.90);
}

TEST(Coverage, PairedRatiosAreCoveredThoughBothSidesDrift) {
  Random random(3);
  int covered = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> numerator;
    std::vector<double> denominator;
    for (int round = 0; round < 10; ++round) {
      const double burst = std::exp(std::abs(random.normal()));  // what the whole round suffers
      numerator.push_back(30.0 * burst * std::exp(0.02 * random.normal()));
      denominator.push_back(10.0 * burst * std::exp(0.02 * random.normal()));
    }
    const Estimate ratio = estimate_ratio(numerator, denominator);
    if (ratio.low <= 3.0 && 3.0 <= ratio.high) ++covered;
  }
  EXPECT_GE(covered, 0.95 * kTrials);
}

}  // namespace
}  // namespace unitcost
