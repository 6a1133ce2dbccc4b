// Question:  What does a byte cost when it is written in small pieces, and what do the system calls have to do with it?
// Method:    The same bytes into an empty file on a tmpfs, chunk by chunk: write(2), stdio, an own buffer, and open+append+close per chunk.
// Wrong way: Stopping the clock before the last flush, or trusting fclose(): the bytes may still be in a buffer, or lost on a full disk.
// Control:   `empty` does all but the writing, for the counts of system calls; every file is read back and compared.
#include <stdio_ext.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/syscall_writers.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/scratch_file.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {
namespace {

using kernels::Text;
using kernels::Written;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kOwnBufferBytes = 64 * kKiB;
constexpr std::size_t kLeastTotalBytes =
    16 * kKiB;  // of one file: some ms at one byte per call, and four pages that stay in the cache
constexpr std::size_t kMostTotalBytes = kMiB;  // a default container allows 64 MiB of tmpfs
constexpr std::size_t kLeastChunks = 32;       // a sample holds at least 30 operations

/// One way to write: `write` is timed, `rewind` (may be empty) is not.
struct Writer {
  std::function<Written(Text text)> write;
  std::function<void()> rewind;
  std::size_t buffer_bytes = 0;
};

[[noreturn]] void give_up(int error, const std::string& what) {
  if (error == ENOSPC || error == EDQUOT) throw CannotMeasure(fmt::format("{}: the tmpfs is full", what));
  throw std::system_error(error, std::generic_category(), what);
}

/// Writes `text` once into the emptied file and returns the ns that it took. The size is checked each time; the caller checks the contents.
std::int64_t write_once(const ScratchFile& file, const Writer& writer, Text text) {
  file.clear();
  if (writer.rewind) writer.rewind();
  const auto start = Clock::now();
  const Written written = writer.write(text);
  const auto end = Clock::now();
  if (written.error != 0) give_up(written.error, fmt::format("after {} of {} bytes", written.bytes, text.size()));
  if (const auto size = file.size_bytes(); size != text.size()) {
    throw std::runtime_error(
        fmt::format("success was reported for {} bytes, but the file holds {}", text.size(), size));
  }
  return std::chrono::nanoseconds(end - start).count();
}

/// The same bytes for every sample, made once per process: making a MiB of them takes longer than writing it.
Text text_of(std::size_t bytes) {
  static std::vector<std::byte>
      made;  // no larger than is asked for, since counts of system calls see how it is allocated
  if (made.size() < bytes) {
    made.resize(bytes);
    kernels::fill_text(made);
  }
  return Text(made).first(bytes);
}

/// `passes` files of `total_bytes` per iteration. Counters: ns per byte, per chunk and per file.
void write_files(benchmark::State& state, const ScratchFile& file, const Writer& writer, std::size_t total_bytes,
                 std::size_t chunk_bytes) {
  PlacedBuffer placed(total_bytes, next_draw());
  std::ranges::copy(text_of(total_bytes), placed.bytes().begin());
  const Text text = placed.bytes();
  const std::size_t chunks = (total_bytes + chunk_bytes - 1) / chunk_bytes;
  const std::size_t passes = std::max<std::size_t>(1, kLeastChunks / chunks);
  for (auto _ : state) {
    std::int64_t total_ns = 0;
    for (std::size_t pass = 0; pass < passes; ++pass) total_ns += write_once(file, writer, text);
    state.SetIterationTime(static_cast<double>(total_ns) * 1e-9);
  }
  if (!file.holds(text)) return failed(state, "the file does not hold what was written");
  const auto per_iteration = static_cast<double>(passes);
  report_per_op(state, "byte_ns", per_iteration * static_cast<double>(total_bytes));
  report_per_op(state, "file_ns", per_iteration);
  report_per_op(state, "chunk_ns", per_iteration * static_cast<double>(chunks));
  if (writer.buffer_bytes > 0) report_value(state, "buffer_bytes", static_cast<double>(writer.buffer_bytes));
}

/// Few bytes where one costs a system call or more; 1 MiB from 1 KiB on, so that the largest chunks use the same pages and caches as the middle ones.
std::size_t total_for(std::size_t chunk_bytes) {
  return std::clamp(chunk_bytes * 1024, kLeastTotalBytes, kMostTotalBytes);
}

void raw(benchmark::State& state, std::size_t chunk_bytes) {
  const auto file = ScratchFile::on_tmpfs(kMostTotalBytes);
  const Writer writer{[&](Text text) { return kernels::write_raw(file.descriptor(), text, chunk_bytes); }, {}};
  write_files(state, file, writer, total_for(chunk_bytes), chunk_bytes);
}

void stdio(benchmark::State& state, std::size_t chunk_bytes) {
  const auto file = ScratchFile::on_tmpfs(kMostTotalBytes);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.path().c_str(), "we"), std::fclose);
  if (!stream) return failed_call(state, "fopen");
  // The stream makes its buffer at the first write; once it has one, a sample times writing and not the making.
  if (std::fputc(0, stream.get()) == EOF || std::fflush(stream.get()) != 0) return failed_call(state, "fflush");
  const Writer writer{[&](Text text) { return kernels::write_stdio(stream.get(), text, chunk_bytes); },
                      [&] { std::rewind(stream.get()); }, __fbufsize(stream.get())};
  write_files(state, file, writer, total_for(chunk_bytes), chunk_bytes);
}

void own_buffer(benchmark::State& state, std::size_t chunk_bytes) {
  const auto file = ScratchFile::on_tmpfs(kMostTotalBytes);
  const PlacedBuffer buffer(kOwnBufferBytes, next_draw());
  const Writer writer{
      [&](Text text) { return kernels::write_own_buffer(file.descriptor(), text, chunk_bytes, buffer.bytes()); },
      {},
      kOwnBufferBytes};
  write_files(state, file, writer, total_for(chunk_bytes), chunk_bytes);
}

void open_each(benchmark::State& state, std::size_t total_bytes, std::size_t chunk_bytes) {
  const auto file = ScratchFile::on_tmpfs(kMostTotalBytes);
  const Writer writer{[&](Text text) { return kernels::append_open_each(file.path().c_str(), text, chunk_bytes); }, {}};
  write_files(state, file, writer, total_bytes, chunk_bytes);
}

void buffered(benchmark::State& state, std::size_t total_bytes) {
  const auto file = ScratchFile::on_tmpfs(kMostTotalBytes);
  const Writer writer{[&](Text text) { return kernels::append_buffered(file.path().c_str(), text, 1); }, {}};
  write_files(state, file, writer, total_bytes, 1);
}

/// What is not the writing: the system calls of the other cases less those of this one are the writers'.
void empty(benchmark::State& state) {
  const auto file = ScratchFile::on_tmpfs(kMostTotalBytes);
  const Writer nothing{[](Text) { return Written{}; }, {}};
  for (auto _ : state) {
    const auto start = Clock::now();
    write_once(file, nothing, {});
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - start).count());
  }
  if (!file.holds({})) return failed(state, "the file is not empty");
  report_per_op(state, "file_ns", 1.0);
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  std::vector<std::uint64_t> chunks = sizes_between(4, kMiB);
  chunks.insert(chunks.begin(), {1, 2, 3});  // below 4 a quarter of an octave is no whole number of bytes
  for (const std::uint64_t chunk : chunks) {
    cases.add(fmt::format("raw/chunk:{}", chunk), Timing::kManual, [chunk](auto& state) { raw(state, chunk); });
    cases.add(fmt::format("stdio/chunk:{}", chunk), Timing::kManual, [chunk](auto& state) { stdio(state, chunk); });
    cases.add(fmt::format("own_buffer/buffer:{}/chunk:{}", kOwnBufferBytes, chunk), Timing::kManual,
              [chunk](auto& state) { own_buffer(state, chunk); });
    cases.add(fmt::format("open_each/chunk:{}", chunk), Timing::kManual,
              [chunk](auto& state) { open_each(state, total_for(chunk), chunk); });
  }
  // The shape of the course notes: single bytes, 10 000 of them; twice as many tell what a byte adds to the count of calls.
  for (const std::size_t bytes : {10'000U, 20'000U}) {
    cases.add(fmt::format("open_each/bytes:{}", bytes), Timing::kManual,
              [bytes](auto& state) { open_each(state, bytes, 1); });
    cases.add(fmt::format("buffered/bytes:{}", bytes), Timing::kManual,
              [bytes](auto& state) { buffered(state, bytes); });
  }
  cases.add("empty", Timing::kManual, empty);
}

}  // namespace unitcost
