#include "benchmarks/support/token.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace unitcost {
namespace {

constexpr char kToken = 't';

/// False when the other end is closed.
bool receive(int socket) {
  char byte = 0;
  ssize_t count = 0;
  do {
    count = recv(socket, &byte, 1, 0);
  } while (count < 0 && errno == EINTR);
  if (count < 0 && errno != ECONNRESET)
    throw std::system_error(errno, std::generic_category(), "waiting for the token");
  return count == 1;
}

}  // namespace

Token::Token(int socket, bool is_held) : socket_(socket), is_held_(is_held) {
  if (fcntl(socket_, F_SETFD, FD_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "the token");
}

Token::~Token() { close(socket_); }

void Token::wait() {
  if (is_held_) return;
  if (!receive(socket_)) throw PeerGone();
  is_held_ = true;
}

void Token::pass() {
  ssize_t count = 0;
  do {
    count = send(socket_, &kToken, 1, MSG_NOSIGNAL);
  } while (count < 0 && errno == EINTR);
  if (count < 0 && errno != EPIPE && errno != ECONNRESET)
    throw std::system_error(errno, std::generic_category(), "passing the token");
  if (count != 1) throw PeerGone();
  is_held_ = false;
}

void Token::wait_once() { static_cast<void>(receive(socket_)); }

std::vector<int> turns_of(bool moves_first, int slices) {
  std::vector<int> turns;
  for (int left = slices; left > 0; left -= turns.back()) {
    const int most = turns.empty() && moves_first ? 1 : 2;
    turns.push_back(std::min(most, left));
  }
  return turns;
}

}  // namespace unitcost
