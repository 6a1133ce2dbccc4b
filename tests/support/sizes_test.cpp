#include "benchmarks/support/sizes.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace unitcost {
namespace {

TEST(Sizes, AreFourAnOctave) {
  EXPECT_THAT(sizes_between(4096, 16384),
              testing::ElementsAre(4096, 5120, 6144, 7168, 8192, 10240, 12288, 14336, 16384));
}

TEST(Sizes, EndWhereTheyAreTold) { EXPECT_THAT(sizes_between(8, 13), testing::ElementsAre(8, 10, 12)); }

TEST(Sizes, BeginAtAPowerOfTwo) {
  EXPECT_THROW(sizes_between(5000, 10000), std::invalid_argument);
  EXPECT_THROW(sizes_between(2, 10000), std::invalid_argument);
}

}  // namespace
}  // namespace unitcost
