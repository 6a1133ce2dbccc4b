#pragma once
// One of two processes works while the other is blocked: whoever holds the token. Both live on the same CPUs, so what slows the machine down for a while slows both.
#include <stdexcept>
#include <vector>

namespace unitcost {

/// Thrown where the token cannot come or go any more: the other process has ended.
class PeerGone : public std::runtime_error {
 public:
  PeerGone() : std::runtime_error("the other side of the pair has ended") {}
};

/// One end of a stream socket; a byte in it is the token. Waiting blocks and never spins: a spinning process takes time from the one that works.
/// The kernel wakes the waiting end when the other process ends, however it does.
class Token {
 public:
  /// Takes over `socket`, which children of this process do not inherit. `is_held`: this side has the token to begin with.
  Token(int socket, bool is_held);
  ~Token();
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;

  void wait();       ///< until this side holds the token. Throws PeerGone.
  void pass();       ///< gives it to the other side. Throws PeerGone.
  void wait_once();  ///< until it comes or the other side ends

 private:
  int socket_;
  bool is_held_;
};

/// How many slices one side works in each of its turns, so that the order of all slices is ABBA ABBA …: slice i of one side always
/// neighbours slice i of the other. `slices` >= 1 of this side in all.
std::vector<int> turns_of(bool moves_first, int slices);

}  // namespace unitcost
