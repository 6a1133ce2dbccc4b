#include "harness/store/lines_in.hpp"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kPieceBytes = 256U << 10U;  // fits into the caches of one core

}  // namespace

void LinesIn::refuse() const { throw BadInput(fmt::format("{}: cannot be read; may you read it?", path_.string())); }

void LinesIn::open(const std::filesystem::path& file) {
  path_ = file;
  file_.reset();
  used_ = given_ = 0;
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, failed))) return;
  file_ = OwnedFd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file_.is_open()) refuse();
}

std::string_view LinesIn::next() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(given_), buffer_.begin() + static_cast<std::ptrdiff_t>(used_),
            buffer_.begin());
  used_ -= given_;
  given_ = 0;
  while (file_.is_open()) {
    if (used_ == buffer_.size()) buffer_.resize(std::max(kPieceBytes, 2 * buffer_.size()));
    const ssize_t count = read(file_.get(), buffer_.data() + used_, buffer_.size() - used_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse();
    if (count == 0) file_.reset();
    const std::string_view fresh(buffer_.data() + used_, static_cast<std::size_t>(count));
    const std::size_t newline = fresh.rfind('\n');
    if (newline != std::string_view::npos) given_ = used_ + newline + 1;
    used_ += fresh.size();
    if (given_ > 0) break;
  }
  return std::string_view(buffer_).substr(0, given_);
}

}  // namespace unitcost
