#include "bench/report/run_record.h"

#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <cmath>

namespace aura::bench {
namespace {

using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;
constexpr int kFormat = 1;

void write_text(Writer& writer, const char* key, const std::string& value) {
  writer.Key(key);
  writer.String(value);
}

void write_number(Writer& writer, const char* key, double value) {
  writer.Key(key);
  writer.Double(std::isfinite(value) ? value : 0);
}

void write_result(Writer& writer, const Result& r) {
  writer.StartObject();
  write_text(writer, "suite", r.suite);
  write_text(writer, "name", r.name);
  write_text(writer, "unit", r.unit);
  write_number(writer, "value", r.value);
  if (r.reference) write_number(writer, "reference", *r.reference);
  if (r.ratio) write_number(writer, "ratio", *r.ratio);
  if (!r.spoiled_by.empty()) write_text(writer, "does_not_count", r.spoiled_by);
  if (r.target) {
    write_number(writer, "target", r.target->limit);
    write_text(writer, "target_of", r.target->of_ratio ? "ratio" : "value");
    write_text(writer, "target_is", r.target->at_least ? "at least" : "at most");
    writer.Key("met");
    writer.Bool(r.met());
  }
  writer.Key("details");
  writer.StartObject();
  for (const auto& [key, value] : r.details) {
    if (const auto* number = std::get_if<double>(&value))
      write_number(writer, key.c_str(), *number);
    else
      write_text(writer, key.c_str(), std::get<std::string>(value));
  }
  writer.EndObject();
  writer.EndObject();
}

std::string text_at(const rapidjson::Value& object, const char* key) {
  const auto it = object.FindMember(key);
  return it != object.MemberEnd() && it->value.IsString() ? it->value.GetString() : std::string();
}

std::optional<double> number_at(const rapidjson::Value& object, const char* key) {
  const auto it = object.FindMember(key);
  if (it == object.MemberEnd() || !it->value.IsNumber()) return std::nullopt;
  return it->value.GetDouble();
}

Result read_result(const rapidjson::Value& object) {
  Result r;
  r.suite = text_at(object, "suite");
  r.name = text_at(object, "name");
  r.unit = text_at(object, "unit");
  r.value = number_at(object, "value").value_or(0);
  r.reference = number_at(object, "reference");
  r.ratio = number_at(object, "ratio");
  r.spoiled_by = text_at(object, "does_not_count");
  if (const auto limit = number_at(object, "target"))
    r.target = Result::Target{.at_least = text_at(object, "target_is") == "at least",
                              .limit = *limit,
                              .of_ratio = text_at(object, "target_of") == "ratio"};
  const auto details = object.FindMember("details");
  if (details == object.MemberEnd() || !details->value.IsObject()) return r;
  for (const auto& [key, value] : details->value.GetObject()) {
    if (value.IsNumber())
      r.detail(key.GetString(), value.GetDouble());
    else if (value.IsString())
      r.detail(key.GetString(), std::string(value.GetString()));
  }
  return r;
}

}  // namespace

std::string to_json(const RunRecord& run) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.SetIndent(' ', 1);
  writer.SetMaxDecimalPlaces(6);
  writer.StartObject();
  writer.Key("aura_bench");
  writer.Int(kFormat);
  write_text(writer, "taken_at", run.taken_at);
  write_text(writer, "command", run.command);
  writer.Key("machine");
  writer.StartObject();
  writer.Key("cores");
  writer.Uint(run.machine.cores);
  write_text(writer, "processor", run.machine.processor);
  write_text(writer, "kernel", run.machine.kernel);
  write_number(writer, "load_1m_before", run.machine.load_1m);
  writer.EndObject();
  writer.Key("results");
  writer.StartArray();
  for (const Result& result : run.results) write_result(writer, result);
  writer.EndArray();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::optional<RunRecord> parse_run(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError() || !document.IsObject() ||
      number_at(document, "aura_bench") != double{kFormat})
    return std::nullopt;
  const auto results = document.FindMember("results");
  const auto machine = document.FindMember("machine");
  if (results == document.MemberEnd() || !results->value.IsArray()) return std::nullopt;
  if (machine == document.MemberEnd() || !machine->value.IsObject()) return std::nullopt;
  RunRecord run;
  run.taken_at = text_at(document, "taken_at");
  run.command = text_at(document, "command");
  run.machine.cores = static_cast<unsigned>(number_at(machine->value, "cores").value_or(0));
  run.machine.processor = text_at(machine->value, "processor");
  run.machine.kernel = text_at(machine->value, "kernel");
  run.machine.load_1m = number_at(machine->value, "load_1m_before").value_or(0);
  for (const auto& result : results->value.GetArray()) {
    if (!result.IsObject()) return std::nullopt;
    run.results.push_back(read_result(result));
  }
  return run;
}

std::string title_of(const Result& result) { return result.suite + ": " + result.name; }

const Result* find_same(const RunRecord& run, const Result& result) {
  const auto it = std::find_if(run.results.begin(), run.results.end(), [&](const Result& other) {
    return other.suite == result.suite && other.name == result.name && other.unit == result.unit;
  });
  return it == run.results.end() ? nullptr : &*it;
}

std::optional<double> number_of(const Result& result, const std::string& key) {
  for (const auto& [name, value] : result.details)
    if (const auto* number = std::get_if<double>(&value); name == key && number != nullptr)
      return *number;
  return std::nullopt;
}

}  // namespace aura::bench
