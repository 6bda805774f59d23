// Reads the common parts of an API request. Each function returns the value, or the response that
// refuses the request. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/api/json_mapper.h"
#include "net/server/problem.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

template <class T>
using OrAnswer = tl::expected<T, Response>;

// Names of query parameters; must be string literals.
using Parameters = std::vector<std::string_view>;

// The body as a JSON object. Refuses with 415 another content type, with 400 anything else.
OrAnswer<rapidjson::Document> read_object_body(const Request& request);

template <class Input>
OrAnswer<Input> read_input(const Request& request);

// Refuses the first parameter that is not in `known`: a misspelt filter would silently show
// everything.
std::optional<Response> refuse_unknown(const Params& query, const Parameters& known);
// ?limit=&after=, and the list's own filters.
OrAnswer<Page> read_page(const Request& request, const Parameters& filters = {});
OrAnswer<MaybeIdempotency> read_idempotency(const Request& request);  // Idempotency-Key
// The path's {name} as an id; 404 if it cannot be one.
OrAnswer<Id> read_path_id(const Request& request, std::string_view name, IdType type);

// "text/markdown; charset=utf-8" → "text/markdown", in lower case.
std::string media_type(const Request& request);

std::string bearer_token(const Request& request);  // of "Authorization: Bearer …", or ""

Response not_found_answer();

template <class Input>
OrAnswer<Input> read_input(const Request& request) {
  const Nulls nulls = request.method == Method::patch ? Nulls::refused : Nulls::absent;
  const auto body = read_object_body(request);
  if (!body) return tl::unexpected(body.error());
  Input input;
  if (const auto read = read_json(*body, input, nulls); !read) {
    return tl::unexpected(problem(read.error()));
  }
  return input;
}

}  // namespace aura::net
