#pragma once
// How the helper that uses a dead object says what it saw; both sides know it.

namespace unitcost {

constexpr char kBegun[] =
    "begun\n";                    ///< on standard error, before the object is made: the program itself could be started
constexpr int kSawOldValue = 10;  ///< exit status: the object still held what was written to it
constexpr int kSawOtherValue = 11;  ///< exit status: it held something else
constexpr int kWrongUsage = 12;     ///< exit status
constexpr int kAsanReported = 86;   ///< exit status that AddressSanitizer is told to end with after a report

}  // namespace unitcost
