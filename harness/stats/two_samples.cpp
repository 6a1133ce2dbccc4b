#include "harness/stats/two_samples.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <boost/math/distributions/students_t.hpp>

namespace unitcost {
namespace {

struct Moments {
  double n = 0.0;
  double mean = 0.0;
  double squares = 0.0;  // of the distances from the mean
};

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  moments.n = static_cast<double>(values.size());
  for (const double value : values) moments.mean += value / moments.n;
  for (const double value : values) moments.squares += (value - moments.mean) * (value - moments.mean);
  return moments;
}

double two_sided(double t, double degrees) {
  return 2.0 *
         boost::math::cdf(boost::math::complement(boost::math::students_t_distribution<double>(degrees), std::abs(t)));
}

struct Member {
  double value;
  bool of_a;
};

}  // namespace

double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<Member> all;
  for (const double value : a) all.push_back({value, true});
  for (const double value : b) all.push_back({value, false});
  std::ranges::sort(all, {}, &Member::value);
  double rank_sum = 0.0;  // of a
  double ties = 0.0;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].value == all[begin].value) ++end;
    const double shared = 0.5 * static_cast<double>(begin + 1 + end);  // mean of the ranks begin + 1 … end
    const auto size = static_cast<double>(end - begin);
    ties += size * size * size - size;
    for (std::size_t at = begin; at < end; ++at) rank_sum += all[at].of_a ? shared : 0.0;
    begin = end;
  }
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  const double both = n + m;
  if (a.empty() || b.empty() || both < 2.0) return 1.0;
  const double distance = std::abs(rank_sum - 0.5 * n * (both + 1.0));
  const double variance = n * m / 12.0 * (both + 1.0 - ties / (both * (both - 1.0)));
  if (!(variance > 0.0)) return 1.0;  // all values are one
  const double deviations = std::max(0.0, distance - 0.5) / std::sqrt(variance);
  return std::min(1.0, std::erfc(deviations / std::sqrt(2.0)));
}

double pooled_t_p(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() < 2 || b.size() < 2) return 1.0;
  const Moments of_a = moments_of(a);
  const Moments of_b = moments_of(b);
  const double degrees = of_a.n + of_b.n - 2.0;
  const double variance = (of_a.squares + of_b.squares) / degrees * (1.0 / of_a.n + 1.0 / of_b.n);
  if (!(variance > 0.0)) return of_a.mean == of_b.mean ? 1.0 : 0.0;
  return two_sided((of_b.mean - of_a.mean) / std::sqrt(variance), degrees);
}

MeanInterval mean_interval(const std::vector<double>& values) {
  const Moments moments = moments_of(values);
  const double degrees = moments.n - 1.0;
  const double error = std::sqrt(moments.squares / degrees / moments.n);
  const double t =
      boost::math::quantile(boost::math::complement(boost::math::students_t_distribution<double>(degrees), 0.025));
  return {moments.mean - t * error, moments.mean + t * error};
}

}  // namespace unitcost
