#include "harness/store/lines_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"

namespace unitcost {

LinesFile::LinesFile(std::filesystem::path path)
    : path_(std::move(path)), file_(open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644)) {
  if (!file_.is_open()) refuse_write(path_.string(), "cannot be opened", errno);
}

void LinesFile::append(const boost::json::value& value) {
  const std::string line = boost::json::serialize(value) + '\n';
  struct stat before{};
  const bool sized = fstat(file_.get(), &before) == 0 && S_ISREG(before.st_mode);
  ssize_t count = 0;
  do {
    count = write(file_.get(), line.data(), line.size());
  } while (count < 0 && errno == EINTR);
  int error = count < 0 ? errno : 0;
  if (count >= 0 && static_cast<std::size_t>(count) < line.size())
    error = ENOSPC;  // a short write to a file: the disk or a limit is full
  if (error == 0 && fdatasync(file_.get()) != 0 && errno != EINVAL && errno != EROFS) error = errno;
  if (error == 0) return;
  if (sized) static_cast<void>(ftruncate(file_.get(), before.st_size));
  throw Error(
      Exit::kFailed,
      fmt::format("{}: the line could not be stored: {}{}; what is finished is kept: --resume (of `unitcost honesty` "
                  "the same command) goes on",
                  path_.string(), std::strerror(error), advice_for_write_error(error)));
}

std::uintmax_t cut_torn_line(const std::filesystem::path& path) {
  const auto text = read_file(path);
  if (!text || text->empty() || text->back() == '\n') return 0;
  const std::size_t newline = text->rfind('\n');
  const std::size_t keep = newline == std::string::npos ? 0 : newline + 1;
  std::filesystem::resize_file(path, keep);
  return text->size() - keep;
}

}  // namespace unitcost
