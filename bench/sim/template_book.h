// The message templates of the simulated WhatsApp business accounts: two approved ones at the
// start, more through POST /{account}/message_templates. Owned by the WhatsApp API; one thread.
#pragma once

#include <string>
#include <vector>

#include "bench/sim/graph_error.h"

namespace aura::bench {

struct MessageTemplate {
  std::string name;
  std::string language;
  std::string category;
  std::string status;
  std::string body;  // with {{1}} or {{name}} for values
  std::string id = {};
};

class TemplateBook {
 public:
  TemplateBook();
  MessageTemplate& put(MessageTemplate one);  // a new template, or a new version of one
  bool remove(const std::string& name);       // removes all languages
  // Why the template cannot be sent with this many body parameters; code 0: it can.
  GraphError error_for(const std::string& name, const std::string& language, int parameters) const;
  std::string json() const;

 private:
  std::vector<MessageTemplate> templates_;
};

}  // namespace aura::bench
