#include "benchmarks/kernels/memory_stream.hpp"

#include <array>
#include <cstring>
#include <vector>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace unitcost::kernels {

constexpr std::size_t kWordBytes = sizeof(std::uint64_t);

/// What is left over after the turns is done word by word: the compiler does not join it with its neighbours.
[[gnu::always_inline]] inline std::uint64_t alone(std::uint64_t word) {
  asm volatile("" : "+r"(word));
  return word;
}

// The same loops once a width. Each function names the instructions that it may use, so that one program serves every processor of a kind.

namespace words {
#define STREAM_TARGET
using Vector = std::uint64_t;
[[gnu::always_inline]] inline void keep(Vector& sum) { asm volatile("" : "+r"(sum)); }
[[gnu::always_inline]] inline void put(Vector* at, Vector value) {
  *at = value;
  asm volatile("" : : : "memory");
}
#if defined(__x86_64__)
#define STREAM_PAST_CACHES
[[gnu::always_inline]] inline void put_two_past_caches(Vector* at, Vector value) {
  _mm_stream_si64(reinterpret_cast<long long*>(at), static_cast<long long>(value));
  _mm_stream_si64(reinterpret_cast<long long*>(at + 1), static_cast<long long>(value));
}
[[gnu::always_inline]] inline void drain() { _mm_sfence(); }
#elif defined(__aarch64__)
#define STREAM_PAST_CACHES
[[gnu::always_inline]] inline void put_two_past_caches(Vector* at, Vector value) {
  asm volatile("stnp %x1, %x1, [%0]" : : "r"(at), "r"(value) : "memory");
}
[[gnu::always_inline]] inline void drain() { asm volatile("dmb ishst" : : : "memory"); }
#endif
#include "benchmarks/kernels/memory_stream_loops.inc"
#undef STREAM_TARGET
}  // namespace words

#if defined(__x86_64__)

namespace sse2 {  // every x86-64 processor
#define STREAM_TARGET
using Vector [[gnu::vector_size(16), gnu::may_alias]] = std::uint64_t;
[[gnu::always_inline]] inline void keep(Vector& sum) { asm volatile("" : "+x"(sum)); }
[[gnu::always_inline]] inline void put(Vector* at, Vector value) {
  *at = value;
  asm volatile("" : : : "memory");
}
[[gnu::always_inline]] inline void put_two_past_caches(Vector* at, Vector value) {
  _mm_stream_si128(reinterpret_cast<__m128i*>(at), reinterpret_cast<__m128i&>(value));
  _mm_stream_si128(reinterpret_cast<__m128i*>(at + 1), reinterpret_cast<__m128i&>(value));
}
[[gnu::always_inline]] inline void drain() { _mm_sfence(); }
#include "benchmarks/kernels/memory_stream_loops.inc"
#undef STREAM_TARGET
}  // namespace sse2

namespace avx2 {
#define STREAM_TARGET [[gnu::target("avx2")]]
using Vector [[gnu::vector_size(32), gnu::may_alias]] = std::uint64_t;
STREAM_TARGET [[gnu::always_inline]] inline void keep(Vector& sum) { asm volatile("" : "+x"(sum)); }
STREAM_TARGET [[gnu::always_inline]] inline void put(Vector* at, Vector value) {
  *at = value;
  asm volatile("" : : : "memory");
}
STREAM_TARGET [[gnu::always_inline]] inline void put_two_past_caches(Vector* at, Vector value) {
  _mm256_stream_si256(reinterpret_cast<__m256i*>(at), reinterpret_cast<__m256i&>(value));
  _mm256_stream_si256(reinterpret_cast<__m256i*>(at + 1), reinterpret_cast<__m256i&>(value));
}
STREAM_TARGET [[gnu::always_inline]] inline void drain() { _mm_sfence(); }
#include "benchmarks/kernels/memory_stream_loops.inc"
#undef STREAM_TARGET
}  // namespace avx2

namespace avx512 {
#define STREAM_TARGET [[gnu::target("avx512f")]]
using Vector [[gnu::vector_size(64), gnu::may_alias]] = std::uint64_t;
STREAM_TARGET [[gnu::always_inline]] inline void keep(Vector& sum) { asm volatile("" : "+v"(sum)); }
STREAM_TARGET [[gnu::always_inline]] inline void put(Vector* at, Vector value) {
  *at = value;
  asm volatile("" : : : "memory");
}
STREAM_TARGET [[gnu::always_inline]] inline void put_two_past_caches(Vector* at, Vector value) {
  _mm512_stream_si512(reinterpret_cast<__m512i*>(at), reinterpret_cast<__m512i&>(value));
  _mm512_stream_si512(reinterpret_cast<__m512i*>(at + 1), reinterpret_cast<__m512i&>(value));
}
STREAM_TARGET [[gnu::always_inline]] inline void drain() { _mm_sfence(); }
#include "benchmarks/kernels/memory_stream_loops.inc"
#undef STREAM_TARGET
}  // namespace avx512

#elif defined(__aarch64__)

namespace neon {  // every AArch64 processor
#define STREAM_TARGET
using Vector [[gnu::vector_size(16), gnu::may_alias]] = std::uint64_t;
[[gnu::always_inline]] inline void keep(Vector& sum) { asm volatile("" : "+w"(sum)); }
[[gnu::always_inline]] inline void put(Vector* at, Vector value) {
  *at = value;
  asm volatile("" : : : "memory");
}
[[gnu::always_inline]] inline void put_two_past_caches(Vector* at, Vector value) {
  asm volatile("stnp %q1, %q1, [%0]" : : "r"(at), "w"(value) : "memory");
}
[[gnu::always_inline]] inline void drain() { asm volatile("dmb ishst" : : : "memory"); }
#include "benchmarks/kernels/memory_stream_loops.inc"
#undef STREAM_TARGET
}  // namespace neon

#endif

namespace {

std::vector<StreamKernels> found() {
#ifdef STREAM_PAST_CACHES
  std::vector<StreamKernels> kernels{{8, words::read, words::write, words::write_past_caches, words::copy}};
#else
  std::vector<StreamKernels> kernels{{8, words::read, words::write, nullptr, words::copy}};
#endif
#if defined(__x86_64__)
  kernels.push_back({16, sse2::read, sse2::write, sse2::write_past_caches, sse2::copy});
  if (__builtin_cpu_supports("avx2") != 0)
    kernels.push_back({32, avx2::read, avx2::write, avx2::write_past_caches, avx2::copy});
  if (__builtin_cpu_supports("avx512f") != 0)
    kernels.push_back({64, avx512::read, avx512::write, avx512::write_past_caches, avx512::copy});
#elif defined(__aarch64__)
  kernels.push_back({16, neon::read, neon::write, neon::write_past_caches, neon::copy});
#endif
  return kernels;
}

}  // namespace

std::span<const StreamKernels> stream_kernels() {
  static const std::vector<StreamKernels> kKernels = found();
  return kKernels;
}

}  // namespace unitcost::kernels
