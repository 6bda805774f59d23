// Files over HTTP: downloads through signed links, uploads from the API and the web chat. Used
// while routes are added; the arguments outlive the server.
#pragma once

#include "net/api/rest_api.h"
#include "net/server/router.h"
#include "runtime/media_link.h"
#include "runtime/ports/media_library.h"

namespace aura::net {

// GET /media/{id}?expires=…&signature=… with ranges.
void add_media_route(Router& router, MediaLibrary& library, const MediaLinks& links);

// POST /media?conversation_id=&filename= and GET /media/{id} of a workspace.
void add_media_api(Router& router, ApiPorts ports, MediaLibrary& library);

// POST /chat/{widget_key}/uploads?visitor=TOKEN, from any page that may open the chat. Browsers
// send a preflight request (OPTIONS) when the page observes the progress.
using FindVisitor = std::function<Result<ChatVisitor>(const Request& request)>;
void add_chat_upload_route(Router& router, FindVisitor find_visitor, MediaLibrary& library);

// Parses "bytes=0-99", "bytes=100-", "bytes=-5"; nullopt for anything but one plain range.
std::optional<ByteRange> parse_range(std::string_view header);

// Reads a file from the body: multipart/form-data (its first file), or the raw bytes.
tl::expected<Upload, Response> read_upload(const Request& request);

}  // namespace aura::net
