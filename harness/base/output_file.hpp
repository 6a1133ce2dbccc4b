#pragma once
// Files that a user names (`--output`, `--markdown`, GITHUB_STEP_SUMMARY). A name may stand for a link, a FIFO, a terminal, a device.
#include <filesystem>
#include <string_view>

namespace unitcost {

/// A regular file, or one that is not there yet, is written as by write_atomically. A symbolic link is followed and stays a link. What is there and
/// is no regular file (a FIFO, a terminal, /dev/null) is written through, and /dev/stdout and /dev/fd/N are the open file itself. Throws Error
/// (exit 1) that names `path` as the user gave it.
void write_output(const std::filesystem::path& path, std::string_view text);

/// The same behind what is in the file, which is not replaced.
void append_output(const std::filesystem::path& path, std::string_view text);

}  // namespace unitcost
