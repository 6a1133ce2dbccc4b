#include "benchmarks/kernels/memory_stream.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstring>
#include <vector>

namespace unitcost::kernels {
namespace {

/// Aligned words with as many untouched ones behind them.
class Words {
 public:
  explicit Words(std::size_t count) : count_(count), lines_(2 * (count / 8 + 1)) { fill(kUntouched); }
  std::span<std::uint64_t> all() { return {reinterpret_cast<std::uint64_t*>(lines_.data()), count_}; }
  [[nodiscard]] bool is_intact_behind() {
    const std::span<std::uint64_t> behind(all().data() + count_, lines_.size() * 8 - count_);
    return std::all_of(behind.begin(), behind.end(), [](std::uint64_t word) { return word == kUntouched; });
  }
  void number(std::uint64_t first) {
    for (std::size_t i = 0; i < count_; ++i) all()[i] = first + i * i;
  }
  static constexpr std::uint64_t kUntouched = 0xabcd'ef01'2345'6789;

 private:
  struct alignas(kStreamAlignment) Line {
    std::array<std::uint64_t, 8> words;
  };
  void fill(std::uint64_t value) {
    for (Line& line : lines_) line.words.fill(value);
  }
  std::size_t count_;
  std::vector<Line> lines_;
};

/// By width and number of words.
class StreamOf : public testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {
 protected:
  [[nodiscard]] const StreamKernels& kernels() const { return stream_kernels()[std::get<0>(GetParam())]; }
  [[nodiscard]] std::size_t count() const { return std::get<1>(GetParam()); }
};

TEST_P(StreamOf, ReadsEveryWordOnceAPass) {
  Words words(count());
  words.number(std::uint64_t{1} << 40);
  std::uint64_t sum = 0;
  for (const std::uint64_t word : words.all()) sum += word;
  EXPECT_EQ(kernels().read(words.all(), 0), 0U);
  EXPECT_EQ(kernels().read(words.all(), 1), sum);
  EXPECT_EQ(kernels().read(words.all(), 3), 3 * sum);
}

TEST_P(StreamOf, ReadSeesWhatChangesAnywhere) {
  Words words(count());
  const std::uint64_t before = kernels().read(words.all(), 1);
  for (std::size_t i = 0; i < count(); i += 1 + count() / 100) {
    ++words.all()[i];
    EXPECT_EQ(kernels().read(words.all(), 1), before + 1) << "word " << i;
    --words.all()[i];
  }
}

TEST_P(StreamOf, WritesEveryWordAndNoOther) {
  Words words(count());
  kernels().write(words.all(), 7, 0);
  EXPECT_THAT(words.all(), testing::Each(Words::kUntouched));
  EXPECT_EQ(kernels().write(words.all(), 7, 1), 7U);
  EXPECT_THAT(words.all(), testing::Each(7U));
  EXPECT_EQ(kernels().write(words.all(), 7, 5), 11U);
  EXPECT_THAT(words.all(), testing::Each(11U));
  EXPECT_TRUE(words.is_intact_behind());
}

TEST_P(StreamOf, WritesEveryWordPastTheCachesAndNoOther) {
  if (kernels().write_past_caches == nullptr) GTEST_SKIP() << "no such store is known for this processor";
  Words words(count());
  EXPECT_EQ(kernels().write_past_caches(words.all(), 7, 1), 7U);
  EXPECT_THAT(words.all(), testing::Each(7U));
  EXPECT_EQ(kernels().write_past_caches(words.all(), 7, 5), 11U);
  EXPECT_THAT(words.all(), testing::Each(11U));
  EXPECT_TRUE(words.is_intact_behind());
}

TEST_P(StreamOf, CopiesEveryWordAndNoOther) {
  Words from(count());
  Words to(count());
  from.number(3);
  kernels().copy(to.all(), from.all(), 0);
  EXPECT_THAT(to.all(), testing::Each(Words::kUntouched));
  kernels().copy(to.all(), from.all(), 2);
  EXPECT_THAT(to.all(), testing::ElementsAreArray(from.all()));
  EXPECT_TRUE(to.is_intact_behind());
}

INSTANTIATE_TEST_SUITE_P(AllSizes, StreamOf,
                         testing::Combine(testing::Range(std::size_t{0}, stream_kernels().size()),
                                          testing::Values(0U, 1U, 7U, 8U, 9U, 63U, 64U, 65U, 129U, 1023U, 4096U,
                                                          100'003U)));

TEST(StreamKernels, GoFromOneWordToTheWidestVector) {
  const auto kernels = stream_kernels();
  ASSERT_FALSE(kernels.empty());
  EXPECT_EQ(kernels.front().width_bytes, sizeof(std::uint64_t));
  for (std::size_t i = 1; i < kernels.size(); ++i)
    EXPECT_EQ(kernels[i].width_bytes, std::size_t{16} << (i - 1)) << "each width that the processor has, ascending";
#if defined(__x86_64__) || defined(__aarch64__)
  EXPECT_GE(kernels.back().width_bytes, 16U);
#endif
}

TEST(StreamKernels, IncludeTheWidestThatTheProcessorNames) {
#if defined(__x86_64__)
  const std::size_t widest = __builtin_cpu_supports("avx512f") != 0 ? 64
                             : __builtin_cpu_supports("avx2") != 0  ? 32
                                                                    : 16;
  EXPECT_EQ(stream_kernels().back().width_bytes, widest);
#else
  GTEST_SKIP() << "the widths are those of x86-64";
#endif
}

}  // namespace
}  // namespace unitcost::kernels
