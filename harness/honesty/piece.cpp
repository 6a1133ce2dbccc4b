#include "harness/honesty/piece.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr int kHonestySchema = 1;

json::array array_of(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object to_json(const Piece& piece) {
  json::object delays;
  for (const auto& [key, share] : piece.delays) delays[key] = share;
  return {{"name", piece.name},     {"phase", phase_text(piece.phase)}, {"seed", piece.seed}, {"pairs", piece.pairs},
          {"effect", piece.effect}, {"only", array_of(piece.only)},     {"delays", delays}};
}

Piece piece_from_json(const JsonIn& in) {
  Piece piece;
  piece.name = in.at("name").text();
  piece.phase = phase_from_text(in.at("phase").text());
  piece.seed = in.at("seed").count();
  piece.pairs = in.at("pairs").small_integer();
  piece.effect = in.at("effect").number();
  piece.only = in.at("only").texts();
  for (const auto& [key, share] : in.at("delays").entries()) piece.delays[key] = share.number();
  return piece;
}

json::object to_json(const HonestyWishes& wishes) {
  return {{"profile", wishes.profile}, {"only", array_of(wishes.only)}, {"duels", wishes.duels},
          {"pairs", wishes.pairs},     {"trials", wishes.trials},       {"visible", wishes.visible},
          {"loaded", wishes.loaded},   {"layouts", wishes.layouts}};
}

HonestyWishes wishes_from_json(const JsonIn& in) {
  HonestyWishes wishes;
  wishes.profile = in.at("profile").text();
  wishes.only = in.at("only").texts();
  wishes.duels = in.at("duels").small_integer();
  wishes.pairs = in.at("pairs").small_integer();
  wishes.trials = in.at("trials").small_integer();
  wishes.visible = in.at("visible").small_integer();
  wishes.loaded = in.at("loaded").small_integer();
  wishes.layouts = in.at("layouts").small_integer();
  return wishes;
}

}  // namespace

const char* phase_text(Phase phase) {
  switch (phase) {
    case Phase::kSame:
      return "same";
    case Phase::kRelinked:
      return "relinked";
    case Phase::kPlanted:
      return "planted";
    case Phase::kVisible:
      return "visible";
    case Phase::kLoaded:
      return "loaded";
  }
  return "same";
}

Phase phase_from_text(const std::string& text) {
  for (const Phase phase : kPhases) {
    if (text == phase_text(phase)) return phase;
  }
  throw BadInput(fmt::format("'{}' is no phase: there are same, planted, visible, loaded, relinked", text));
}

json::value to_json(const HonestyState& state) {
  json::array pieces;
  for (const Piece& piece : state.pieces) pieces.push_back(to_json(piece));
  return json::object{{"schema", state.schema},          {"seed", state.seed},
                      {"programs", state.programs},      {"cut", state.cut},
                      {"wishes", to_json(state.wishes)}, {"pieces", std::move(pieces)}};
}

HonestyState honesty_state_from_json(const json::value& value, const std::string& file) {
  const JsonIn in(value, file);
  HonestyState state;
  state.schema = in.at("schema").small_integer();
  if (state.schema != kHonestySchema) {
    throw BadInput(
        fmt::format("{}: schema {} is not the schema {} that this program reads; move the folder away to "
                    "begin anew",
                    file, state.schema, kHonestySchema));
  }
  state.seed = in.at("seed").count();
  state.programs = in.at("programs").text();
  if (const auto cut = in.find("cut")) state.cut = cut->text();
  state.wishes = wishes_from_json(in.at("wishes"));
  for (const JsonIn& item : in.at("pieces").items()) state.pieces.push_back(piece_from_json(item));
  return state;
}

}  // namespace unitcost
