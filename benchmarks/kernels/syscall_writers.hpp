#pragma once
// Five ways to bring the same bytes into a file, chunk by chunk. Every call is checked; none of them says that the file is right:
// after a full disk the C library may report success, so read the file back (support/scratch_file.hpp).
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>

namespace unitcost::kernels {

struct Written {
  std::uint64_t bytes = 0;  ///< that the kernel, or the C library, said it took
  int error = 0;            ///< errno of the call that failed; 0: none
};

using Text = std::span<const std::byte>;

/// write(2) per chunk.
Written write_raw(int file, Text text, std::size_t chunk_bytes);

/// fwrite() per chunk and one fflush() at the end; the buffer is the stream's own.
Written write_stdio(std::FILE* stream, Text text, std::size_t chunk_bytes);

/// Copies chunks into `buffer` and writes it when the next one does not fit, and at the end; a chunk as large as the buffer goes past it.
Written write_own_buffer(int file, Text text, std::size_t chunk_bytes, std::span<std::byte> buffer);

/// open(O_APPEND), write(2), close(2) per chunk.
Written append_open_each(const char* path, Text text, std::size_t chunk_bytes);

/// fopen("ab"), fwrite() per chunk, fclose(): what one writes who opens the file once.
Written append_buffered(const char* path, Text text, std::size_t chunk_bytes);

/// Bytes without a period that a chunk or a page could hide: a repeated or missing chunk changes the file.
void fill_text(std::span<std::byte> text);

}  // namespace unitcost::kernels
