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

  boost::json::object content{{"schema", kAnalysisSchema}};
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
  return with_id(content);
}

boost::json::object with_id(const boost::json::object& document) {
  const std::string id = sha256_hex(analysis_text(document)).substr(0, kIdDigits);
  boost::json::object result{{"schema", document.at("schema")}, {"id", id}};
  for (const auto& member : document) {
    if (member.key() != "schema") result[member.key()] = member.value();
  }
  return result;
}

}  // namespace unitcost
