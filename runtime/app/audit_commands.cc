// aura audit export, aura audit verify: audit chains as files, to keep away from the machine that
// could alter them.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>

#include "actors/queries/audit_queries.h"
#include "net/api/api_routes.h"
#include "runtime/app/audit_files.h"
#include "runtime/app/command_line.h"
#include "runtime/hex.h"
#include "storage/database.h"
#include "storage/database_reader.h"
#include "storage/health.h"

namespace aura::app {
namespace {

constexpr std::size_t kPageSize = 200;

// Where the chains are read from. Both answer like the operator endpoint.
struct Source {
  std::function<Result<std::string>()> heads;
  // A page of a workspace's chain; of the operator's if `workspace` is empty.
  std::function<Result<std::string>(const std::string& workspace, const std::string& after)> page;
};

Source running_engine(const config::Settings& settings, const std::string& url) {
  const auto ask = [&settings, url](const std::string& path) -> Result<std::string> {
    const auto answer = call_operator(settings, url, net::Method::get, path);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == 200) return answer->body;
    return fail(Errc::unavailable, "the engine answered " + path + " with " +
                                       std::to_string(answer->status) + ": " + answer->body);
  };
  return {[ask] { return ask("/audit/heads"); },
          [ask](const std::string& workspace, const std::string& after) {
            std::string path = "/audit?limit=" + std::to_string(kPageSize);
            if (!workspace.empty()) path += "&workspace=" + workspace;
            if (!after.empty()) path += "&after=" + after;
            return ask(path);
          }};
}

Result<Source> closed_data(const std::string& data) {
  static storage::Health health([](int code) { std::_Exit(code); });
  auto opened = storage::Database::look(data + "/db", health);
  if (!opened) return tl::unexpected(opened.error());
  const std::shared_ptr<const storage::Database> database = std::move(*opened);
  const auto reader = std::make_shared<storage::DatabaseReader>(*database);
  const auto text = [](const auto& list) { return net::list_json(list); };
  return Source{[database, reader, text] { return read_audit_heads(*reader).map(text); },
                [database, reader, text](const std::string& workspace, const std::string& after) {
                  const Id chain = parse_id(IdType::workspace, workspace).value_or(Id{});
                  return read_audit(*reader, chain, {after, kPageSize}).map(text);
                }};
}

Result<rapidjson::Document> list_in(const Result<std::string>& text) {
  if (!text) return tl::unexpected(text.error());
  rapidjson::Document json;
  json.Parse(text->c_str(), text->size());
  if (json.IsObject() && json.HasMember("data") && json["data"].IsArray()) return json;
  return fail(Errc::unavailable, "this is not a list of the engine: " + *text);
}

std::string line_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

// Writes a temporary file and renames it, so that the file is complete or absent.
Result<void> write_file(const std::string& name, const std::string& content) {
  const std::string draft = name + ".unfinished";
  std::ofstream out(draft);
  out << content << std::flush;
  std::error_code failed;
  if (out) std::filesystem::rename(draft, name, failed);
  if (out && !failed) return {};
  return fail(Errc::io, name + " cannot be written");
}

Result<void> export_chain(const Source& source, const AuditCommand& wanted,
                          const std::string& workspace) {
  const std::string name = workspace.empty() ? "operator" : workspace;
  std::string lines, after;
  std::size_t entries = 0;
  do {
    const auto page = list_in(source.page(workspace, after));
    if (!page) return tl::unexpected(page.error());
    for (const auto& entry : (*page)["data"].GetArray()) {
      lines += line_of(entry);
      ++entries;
    }
    after =
        page->HasMember("next") && (*page)["next"].IsString() ? (*page)["next"].GetString() : "";
  } while (!after.empty());
  if (auto written = write_file(wanted.folder + "/" + name + ".jsonl", lines); !written)
    return written;
  std::printf("%s: %zu entries\n", name.c_str(), entries);
  return {};
}

// Heads first: the entries read afterwards include everything that the heads sign.
Result<void> export_all(const Source& source, const AuditCommand& wanted) {
  const auto heads = list_in(source.heads());
  if (!heads) return tl::unexpected(heads.error());
  std::error_code failed;
  std::filesystem::create_directories(wanted.folder, failed);
  if (failed) return fail(Errc::io, wanted.folder + " cannot be created: " + failed.message());
  if (auto written = write_file(wanted.folder + "/heads.json", line_of(*heads)); !written)
    return written;
  if (auto own = export_chain(source, wanted, {}); !own) return own;
  for (const auto& head : (*heads)["data"].GetArray()) {
    if (!head.IsObject() || !head.HasMember("workspace_id") || !head["workspace_id"].IsString())
      continue;
    if (auto done = export_chain(source, wanted, head["workspace_id"].GetString()); !done)
      return done;
  }
  return {};
}

}  // namespace

int audit_export(const CommonOptions& options, const AuditCommand& wanted) {
  const auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  const std::string data = settings->storage.path;
  const bool closed = wanted.operator_url.empty() &&
                      std::filesystem::exists(data + "/db/CURRENT") && !engine_runs_on(data);
  const Result<Source> source =
      closed ? closed_data(data) : running_engine(*settings, wanted.operator_url);
  if (!source) return print_failure(source.error());
  const auto done = export_all(*source, wanted);
  return done ? 0 : print_failure(done.error());
}

int audit_verify(const AuditCommand& wanted) {
  const auto key = from_lower_hex(wanted.public_key);
  if (!key || (!key->empty() && key->size() != 32))
    return print_failure({Errc::invalid, "--public-key takes 64 hexadecimal digits", {}});
  const auto report = check_audit_files(wanted.folder, *key);
  if (!report) return print_failure(report.error());
  for (const std::string& problem : report->first_problems) std::printf("%s\n", problem.c_str());
  std::printf("%llu entries, %llu problems\n", static_cast<unsigned long long>(report->rows),
              static_cast<unsigned long long>(report->problems));
  if (key->empty())
    std::printf(
        "the signer was not checked: pass the public key that you noted with --public-key\n");
  return report->good() ? 0 : kExitFailed;
}

}  // namespace aura::app
