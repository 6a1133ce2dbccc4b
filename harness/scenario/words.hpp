#pragma once
// The spelling of words in scenario files, character by character (std::regex recurses and is slow).
#include <cstdint>
#include <optional>
#include <string_view>

namespace unitcost {

std::optional<std::uint64_t> size_in(
    std::string_view text);  ///< "4KiB", "512B", "4096"; nothing when it is no size or does not fit
/// "2x" is 2: so many times the CPUs that there are; nothing when it is no such word.
std::optional<std::uint64_t> cpu_multiple_in(std::string_view text);
bool has_size_unit(std::string_view text);  ///< ends in B, KiB, MiB or GiB behind digits
bool is_language(std::string_view word);    ///< "en", "pt-BR"
bool is_label(std::string_view word);       ///< a letter, then letters, digits and _: labels, axes, counters' parts
bool is_axis_word(std::string_view word);   ///< a letter, then letters, digits, - and _
bool is_claim_id(std::string_view word);    ///< "memory.random-array"
bool is_counter(std::string_view word);     ///< "access_ns", "syscalls.openat"
bool is_program(std::string_view word);     ///< "family/name"
bool is_case_name(std::string_view word);   ///< what Google Benchmark prints as one word, braces apart

}  // namespace unitcost
