#pragma once
// A runner that starts nothing: each request is answered by a function, and remembered.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/duel/build_steps.hpp"

namespace unitcost {

class FakeTools final : public ProcessRunner {
 public:
  ChildResult run(const ChildRequest& request) override {
    requests.push_back(request);
    return answer ? answer(request) : ChildResult{};
  }
  std::vector<ChildRequest> requests;
  std::function<ChildResult(const ChildRequest&)> answer;
};

inline ChildResult ended_with(int status, const std::string& out, const std::string& error = "") {
  ChildResult result;
  result.end = {ChildEnd::Kind::kExited, status, ""};
  result.standard_output = out;
  result.standard_error = error;
  return result;
}

/// What follows NAME= among texts; empty when there is none.
inline std::string value_of(const std::vector<std::string>& texts, const std::string& name) {
  for (const std::string& text : texts) {
    if (text.starts_with(name + "=")) return text.substr(name.size() + 1);
  }
  return "";
}

/// A folder of its own and programs of given names in it, which PATH leads to.
class Tools {
 public:
  explicit Tools(const std::vector<std::string>& names) {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder = std::filesystem::path(testing::TempDir()) / ("unitcost-" + test + "-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    for (const std::string& name : names) write("bin/" + name, "", true);
  }
  ~Tools() { std::filesystem::remove_all(folder); }
  Tools(const Tools&) = delete;
  Tools& operator=(const Tools&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& text, bool executable = false) const {
    std::filesystem::path path = folder / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    if (executable) std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }
  BuildSteps steps() {
    return {runner,
            {"PATH=/nowhere:" + (folder / "bin").string(), "HOME=/h", "OLD=old"},
            [this](const std::string& line) { said.push_back(line); }};
  }

  std::filesystem::path folder;
  FakeTools runner;
  std::vector<std::string> said;
};

}  // namespace unitcost
