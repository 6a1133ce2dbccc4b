#include "harness/run/interrupt.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

namespace unitcost {
namespace {

bool is_ignored(int number) {
  struct sigaction now{};
  return sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

Interrupts::Interrupts() {
  sigset_t mask;
  sigemptyset(&mask);
  for (const int number : {SIGINT, SIGTERM}) sigaddset(&mask, number);
  if (!is_ignored(SIGHUP)) sigaddset(&mask, SIGHUP);  // nohup: blocked, it would not be ignored any more
  pthread_sigmask(SIG_BLOCK, &mask, &before_);
  fd_ = OwnedFd(signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd_.is_open()) {
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    throw std::system_error(error, std::generic_category(), "signalfd");
  }
}

Interrupts::~Interrupts() {
  static_cast<void>(pending());  // taken out, or it would end the program when the mask is lifted
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool Interrupts::pending() {
  signalfd_siginfo info{};
  while (read(fd_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    signal_ = static_cast<int>(info.ssi_signo);
    sender_ = info.ssi_pid;
  }
  return signal_ != 0;
}

std::string Interrupts::text() const {
  if (signal_ == 0) return "";
  const std::string sender = sender_ == 0 ? "" : fmt::format(" from process {}", sender_);  // 0: the terminal
  return fmt::format("signal {} ({}){}", signal_, strsignal(signal_), sender);
}

}  // namespace unitcost
