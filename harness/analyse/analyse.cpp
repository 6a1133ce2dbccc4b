#include "harness/analyse/analyse.hpp"

#include <boost/json/object.hpp>

#include "harness/analyse/claims.hpp"
#include "harness/analyse/claims_json.hpp"
#include "harness/analyse/curves.hpp"
#include "harness/analyse/evidence.hpp"
#include "harness/analyse/figures.hpp"
#include "harness/analyse/ladder.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/noise.hpp"
#include "harness/analyse/run_json.hpp"
#include "harness/base/digest.hpp"
#include "unitcost_build_info.hpp"

namespace unitcost {
namespace {

constexpr int kAnalysisSchema = 1;
constexpr std::size_t kIdDigits = 12;

}  // namespace

boost::json::value analyse(const RunRecord& run, const std::vector<Block>& blocks, const std::string& run_id) {
  const Evidence evidence(run, blocks);
  Curves curves(evidence);
  const auto claims = judge_claims(evidence, curves);

  boost::json::object content;
  content["tool"] = UNITCOST_VERSION;
  content["run"] = run_json(evidence, blocks, run_id);
  content["claims"] = claims_json(claims, is_guest(run));
  content["claim_summary"] = summaries_json(summarise(claims));
  content["hierarchy"] = hierarchy_json(evidence, curves);
  content["estimates"] = estimates_json(evidence);
  content["unmeasurable"] = unmeasurable_json(evidence);
  content["failed"] = failed_json(evidence);
  content["figures"] = figures_json(evidence, curves);
  content["ladder"] = ladder_json(claims, run);
  content["noise"] = noise_json(run, blocks);

  boost::json::object without_id{{"schema", kAnalysisSchema}};
  for (auto& member : content) without_id[member.key()] = member.value();
  const std::string id = sha256_hex(analysis_text(without_id)).substr(0, kIdDigits);
  boost::json::object analysis{{"schema", kAnalysisSchema}, {"id", id}};
  for (auto& member : content) analysis[member.key()] = std::move(member.value());
  return analysis;
}

}  // namespace unitcost
