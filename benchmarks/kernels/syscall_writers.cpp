#include "benchmarks/kernels/syscall_writers.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace unitcost::kernels {
namespace {

constexpr mode_t kOwnerOnly = 0600;

/// One write(2), and more only if the kernel took less than it was given.
int write_all(int file, Text piece) {
  while (!piece.empty()) {
    const ssize_t taken = write(file, piece.data(), piece.size());
    if (taken < 0) return errno;
    if (taken == 0) return EIO;
    piece = piece.subspan(static_cast<std::size_t>(taken));
  }
  return 0;
}

Text chunk_at(Text text, std::size_t at, std::size_t chunk_bytes) {
  return text.subspan(at, std::min(chunk_bytes, text.size() - at));
}

int put(std::FILE* stream, Text text, std::size_t chunk_bytes, std::uint64_t& bytes) {
  for (std::size_t at = 0; at < text.size(); at += chunk_bytes) {
    const Text chunk = chunk_at(text, at, chunk_bytes);
    if (std::fwrite(chunk.data(), 1, chunk.size(), stream) != chunk.size()) return errno;
    bytes += chunk.size();
  }
  return 0;
}

}  // namespace

Written write_raw(int file, Text text, std::size_t chunk_bytes) {
  Written written;
  for (std::size_t at = 0; at < text.size(); at += chunk_bytes) {
    const Text chunk = chunk_at(text, at, chunk_bytes);
    written.error = write_all(file, chunk);
    if (written.error != 0) return written;
    written.bytes += chunk.size();
  }
  return written;
}

Written write_stdio(std::FILE* stream, Text text, std::size_t chunk_bytes) {
  Written written;
  written.error = put(stream, text, chunk_bytes, written.bytes);
  if (std::fflush(stream) != 0 && written.error == 0) written.error = errno;
  return written;
}

Written write_own_buffer(int file, Text text, std::size_t chunk_bytes, std::span<std::byte> buffer) {
  Written written;
  std::size_t held = 0;
  const auto flush = [&] {
    written.error = write_all(file, buffer.first(held));
    if (written.error == 0) written.bytes += held;
    held = 0;
    return written.error == 0;
  };
  for (std::size_t at = 0; at < text.size(); at += chunk_bytes) {
    const Text chunk = chunk_at(text, at, chunk_bytes);
    if (chunk.size() > buffer.size() - held && !flush()) return written;
    if (chunk.size() >= buffer.size()) {
      written.error = write_all(file, chunk);
      if (written.error != 0) return written;
      written.bytes += chunk.size();
      continue;
    }
    std::memcpy(buffer.data() + held, chunk.data(), chunk.size());
    held += chunk.size();
  }
  flush();
  return written;
}

Written append_open_each(const char* path, Text text, std::size_t chunk_bytes) {
  Written written;
  for (std::size_t at = 0; at < text.size(); at += chunk_bytes) {
    const Text chunk = chunk_at(text, at, chunk_bytes);
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (file < 0) {
      written.error = errno;
      return written;
    }
    written.error = write_all(file, chunk);
    if (close(file) != 0 && written.error == 0) written.error = errno;
    if (written.error != 0) return written;
    written.bytes += chunk.size();
  }
  return written;
}

Written append_buffered(const char* path, Text text, std::size_t chunk_bytes) {
  Written written;
  std::FILE* stream = std::fopen(path, "abe");
  if (stream == nullptr) {
    written.error = errno;
    return written;
  }
  written.error = put(stream, text, chunk_bytes, written.bytes);
  if (std::fclose(stream) != 0 && written.error == 0) written.error = errno;
  return written;
}

void fill_text(std::span<std::byte> text) {
  std::uint32_t word = 0x2545f491U;
  for (std::byte& byte : text) {  // xorshift32 (Marsaglia 2003)
    word ^= word << 13U;
    word ^= word >> 17U;
    word ^= word << 5U;
    byte = static_cast<std::byte>(word >> 24U);
  }
}

}  // namespace unitcost::kernels
