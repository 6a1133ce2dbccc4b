#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "harness/base/error.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/parse.hpp"
#include "tests/harness/complaint.hpp"
#include "tests/harness/scenario/example.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::complaint_of;

std::string small(const std::string& id) {
  return "schema = 1\nquestion = \"q\"\nwhy = \"w\"\nreading = \"r\"\n[cases]\nfast = \"run/how:fast\"\nlate = "
         "\"run/how:late\"\n"
         "[[claim]]\nid = \"" +
         id +
         "\"\nsource = { key = \"ours\" }\nsays = \"s\"\nmetric = { value = \"fast\", counter = \"run_ns\" }\nunit = "
         "\"ns\"\n"
         "[[figure]]\nkind = \"dots\"\ntitle = \"t\"\ny = \"run_ns\"\ncases = [\"fast\", \"late\"]\nclaims = [\"" +
         id + "\"]\n";
}

class ScenarioFolder : public ::testing::Test {
 protected:
  ScenarioFolder() {
    std::string pattern = (fs::temp_directory_path() / "unitcost-scenarios-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    dir_ = pattern;
  }
  ~ScenarioFolder() override { fs::remove_all(dir_); }
  ScenarioFolder(const ScenarioFolder&) = delete;
  ScenarioFolder& operator=(const ScenarioFolder&) = delete;

  void put(const std::string& name, const std::string& text) const {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name) << text;
  }
  std::string complaint() const {
    return complaint_of([this] { load_scenarios(dir_); });
  }

  fs::path dir_;
};

TEST_F(ScenarioFolder, IsReadSortedById) {
  put("sync/b.toml", small("sync.b"));
  put("memory/z.toml", small("memory.z"));
  put("memory/a.toml", small("memory.a"));
  put("memory/notes.txt", "not a scenario");
  put("memory/.#a.toml", "an editor's");
  put("profiles/quick.toml", "rounds = 6");
  std::vector<std::string> ids;
  for (const Scenario& scenario : load_scenarios(dir_)) ids.push_back(scenario.id);
  EXPECT_THAT(ids, ElementsAre("memory/a", "memory/z", "sync/b"));
  EXPECT_EQ(load_profile(dir_, "quick").rounds, 6);
}

TEST_F(ScenarioFolder, FaultsOfAllFilesAreToldAtOnce) {
  put("memory/a.toml", "schema = 2\n" + small("memory.a").substr(11));
  put("memory/b.toml", small("memory.b") + "[run]\ncpu = 1\n");
  EXPECT_EQ(complaint(),
            (dir_ / "memory/a.toml").string() +
                ":1: schema in the file: this program reads schema 1, the file has 2; use a newer version\n" +
                (dir_ / "memory/b.toml").string() + ":21: unknown key 'cpu' in [run]; did you mean 'cpus'?");
}

TEST_F(ScenarioFolder, AClaimMayStandInOneScenarioOnly) {
  put("memory/a.toml", small("memory.same"));
  put("memory/b.toml", small("memory.same"));
  EXPECT_EQ(complaint(), (dir_ / "memory/b.toml").string() + ":8: claim 'memory.same' stands already in " +
                             (dir_ / "memory/a.toml").string() + ":8");
}

TEST_F(ScenarioFolder, NothingInItIsSaid) {
  EXPECT_EQ(complaint(), dir_.string() + ": no scenario in it; expected <family>/<name>.toml");
  EXPECT_THAT(complaint_of([this] { load_scenarios(dir_ / "absent"); }), HasSubstr("absent: cannot be listed: "));
}

TEST_F(ScenarioFolder, MisplacedFilesAreSaid) {
  put("a.toml", small("memory.a"));
  EXPECT_THAT(complaint(), HasSubstr("a.toml: a scenario lies in a family's folder"));
  fs::remove(dir_ / "a.toml");
  put("memory/Upper Case.toml", small("memory.a"));
  EXPECT_THAT(complaint(),
              HasSubstr("Upper Case.toml: the names of folder and file are lower-case letters, digits and _"));
  fs::remove(dir_ / "memory/Upper Case.toml");
  fs::create_directories(dir_ / "memory/folder.toml");
  EXPECT_THAT(complaint(), HasSubstr("folder.toml: cannot be read: not a file"));
}

TEST_F(ScenarioFolder, AnEndlessFileIsNotReadToItsEnd) {
  fs::create_directories(dir_ / "memory");
  fs::create_symlink("/dev/zero", dir_ / "memory/zero.toml");
  EXPECT_THAT(complaint(), HasSubstr("zero.toml: cannot be read: not a file"));
  fs::remove(dir_ / "memory/zero.toml");
  put("memory/big.toml", "");
  fs::resize_file(dir_ / "memory/big.toml", std::uintmax_t{1} << 40U);  // sparse
  EXPECT_THAT(complaint(), HasSubstr("big.toml: 1048577 bytes are too many"));
}

TEST_F(ScenarioFolder, AWrongProfileListsThoseThereAre) {
  put("profiles/quick.toml", "rounds = 6");
  put("profiles/full.toml", "rounds = 20");
  EXPECT_EQ(complaint_of([this] { load_profile(dir_, "quik"); }),
            "no profile 'quik'; there are full, quick; did you mean 'quick'?");
  EXPECT_EQ(complaint_of([this] { load_profile(dir_, "../quick"); }), "no profile '../quick'; there are full, quick");
}

std::vector<Scenario> three() {
  return {parse_scenario(small("memory.a"), "memory/a", "a"), parse_scenario(small("memory.b"), "memory/b", "b"),
          parse_scenario(testing_support::kExample, "memory/example", "e"),
          parse_scenario(small("sync.c"), "sync/c", "c")};
}

std::vector<std::string> chosen(const std::vector<std::string>& prefixes) {
  std::vector<std::string> names;
  for (const Scenario& scenario : select_scenarios(three(), prefixes)) {
    for (const std::string& label : scenario.case_order) names.push_back(scenario.id + ":" + label);
  }
  return names;
}

TEST(SelectScenarios, ByFamilyScenarioAndNothing) {
  EXPECT_EQ(select_scenarios(three(), {}).size(), 4U);
  EXPECT_EQ(select_scenarios(three(), {"memory"}).size(), 3U);
  EXPECT_THAT(chosen({"memory/a"}), ElementsAre("memory/a:fast", "memory/a:late"));
  EXPECT_THAT(chosen({"sync", "memory/a:fast"}), ElementsAre("memory/a:fast", "sync/c:fast", "sync/c:late"));
}

TEST(SelectScenarios, ByLabelAndCaseKey) {
  EXPECT_THAT(chosen({"memory/b:late"}), ElementsAre("memory/b:late"));
  EXPECT_THAT(chosen({"memory/b:run/how:l"}), ElementsAre("memory/b:late"));
  EXPECT_THAT(chosen({"memory/example:walk/order:random/page:huge/bytes:4096"}),
              ElementsAre("memory/example:random_huge"));
  EXPECT_THAT(chosen({"python/batching"}), ElementsAre("memory/example:twin"));
}

TEST(SelectScenarios, APartKeepsWhatItCanAnswer) {
  const std::vector<Scenario> part = select_scenarios(three(), {"memory/example:held", "memory/b:late"});
  ASSERT_EQ(part.size(), 2U);
  EXPECT_THAT(part[0].claims, IsEmpty());
  ASSERT_EQ(part[0].figures.size(), 1U);
  EXPECT_THAT(part[0].figures[0].cases, ElementsAre("late"));
  EXPECT_THAT(part[0].figures[0].claims, IsEmpty());
  ASSERT_EQ(part[1].claims.size(), 1U);
  EXPECT_EQ(part[1].claims[0].id, "sync.cost");
  EXPECT_EQ(part[1].axes.size(), 2U);
  EXPECT_EQ(part[1].run.memory_axis, "");
}

TEST(SelectScenarios, AWrongPrefixListsTheNearestNames) {
  EXPECT_EQ(complaint_of([] { chosen({"memroy"}); }),
            "--only 'memroy': no scenario or case begins with it; nearest: memory");
  EXPECT_EQ(complaint_of([] { chosen({"memory/example:random_hgue"}); }),
            "--only 'memory/example:random_hgue': no scenario or case begins with it; nearest: "
            "memory/example:random_huge, memory/example:random");
  EXPECT_EQ(
      complaint_of([] { chosen({"zzzzzz"}); }),
      "--only 'zzzzzz': no scenario or case begins with it; there are memory/a, memory/b, memory/example, sync/c");
  EXPECT_THAT(complaint_of([] { chosen({""}); }), HasSubstr("--only '': no scenario or case begins with it"));
  EXPECT_THAT(complaint_of([] { chosen({"sync", "sink"}); }), HasSubstr("--only 'sink'"));
}

}  // namespace
}  // namespace unitcost
