#pragma once
// What a duel says about link orders: how many, and how much they alone do to a case.
#include <string>

#include <boost/json/value.hpp>

#include "harness/duel/duel_record.hpp"
#include "harness/duel/judge_duel.hpp"

namespace unitcost {

std::string layout_text(int layouts);  ///< "not tested", "5 link orders a side"

/// How many link orders of either side differ, and from the pairs of the null control (A against A in another order) how far they lie apart; null for a duel
/// without link orders.
boost::json::value link_orders_json(const DuelRecord& record, const JudgedCase& judged);

}  // namespace unitcost
