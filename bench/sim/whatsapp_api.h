// WhatsApp's Cloud API: messages, media, templates, numbers. Owned by the Graph API, which has
// already checked the caller's token; one thread.
#pragma once

#include <optional>

#include "bench/sim/graph_call.h"
#include "bench/sim/graph_error.h"
#include "bench/sim/intake.h"
#include "bench/sim/media_store.h"
#include "bench/sim/template_book.h"

namespace aura::bench {

class WhatsAppApi {
 public:
  WhatsAppApi(Intake& intake, MediaStore& media) : intake_(intake), media_(media) {}

  static bool is_own(const GraphCall& call, const MediaStore& media);
  // Nothing if the call is not WhatsApp's.
  std::optional<HttpAnswer> handle(const GraphCall& call);
  void clear() { templates_ = {}; }

 private:
  HttpAnswer send(const GraphCall& call);
  HttpAnswer accept(AcceptedSend entry);
  HttpAnswer upload(const GraphCall& call);
  HttpAnswer file(const GraphCall& call);
  HttpAnswer registration(const GraphCall& call) const;
  HttpAnswer templates(const GraphCall& call);

  Intake& intake_;
  MediaStore& media_;
  TemplateBook templates_;
};

}  // namespace aura::bench
