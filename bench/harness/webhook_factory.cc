#include "bench/harness/webhook_factory.h"

#include <atomic>
#include <charconv>
#include <chrono>

namespace aura::bench {
namespace {

std::int64_t wall_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

template <class Number>
void append_number(std::string& out, Number value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

std::string next_run_tag() {
  static std::atomic<int> factories{0};
  return std::to_string(wall_ms()) + "x" + std::to_string(factories++);
}

}  // namespace

WebhookFactory::WebhookFactory(std::string_view app_secret, std::string_view host, Channel channel)
    : channel_(channel), signer_(app_secret), run_tag_(next_run_tag()) {
  head_ = "POST /webhooks/meta HTTP/1.1\r\nHost: " + std::string(host) +
          "\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256=";
}

// Messenger and Instagram.
void WebhookFactory::append_messaging(std::uint64_t page, std::uint64_t sender,
                                      std::string_view text) {
  const auto now = wall_ms();
  body_ = channel_ == Channel::instagram ? R"({"object":"instagram","entry":[{"id":")"
                                         : R"({"object":"page","entry":[{"id":")";
  append_number(body_, page);
  body_ += R"(","time":)";
  append_number(body_, now);
  body_ += R"(,"messaging":[{"sender":{"id":")";
  append_number(body_, sender);
  body_ += R"("},"recipient":{"id":")";
  append_number(body_, page);
  body_ += R"("},"timestamp":)";
  append_number(body_, now);
  body_ += R"(,"message":{"mid":"m_)";
  body_ += run_tag_;
  body_ += '_';
  append_number(body_, ++made_);
  body_ += R"(","text":")";
  body_ += text;
  body_ += R"("}}]}]})";
}

void WebhookFactory::append_whatsapp(std::uint64_t number, std::uint64_t sender,
                                     std::string_view text) {
  body_ = R"({"object":"whatsapp_business_account","entry":[{"id":"33)";
  append_number(body_, number);
  body_ += R"(","changes":[{"value":{"messaging_product":"whatsapp","metadata":{)"
           R"("display_phone_number":"15550001111","phone_number_id":")";
  append_number(body_, number);
  body_ += R"("},"contacts":[{"profile":{"name":"Ada"},"wa_id":")";
  append_number(body_, sender);
  body_ += R"(","user_id":"US.)";
  append_number(body_, sender);
  body_ += R"("}],"messages":[{"from":")";
  append_number(body_, sender);
  body_ += R"(","from_user_id":"US.)";
  append_number(body_, sender);
  body_ += R"(","id":"wamid.B)";
  body_ += run_tag_;
  body_ += '_';
  append_number(body_, ++made_);
  body_ += R"(","timestamp":")";
  append_number(body_, wall_ms() / 1000);
  body_ += R"(","type":"text","text":{"body":")";
  body_ += text;
  body_ += R"("}}]},"field":"messages"}]}]})";
}

void WebhookFactory::append_message(std::string& out, std::uint64_t page, std::uint64_t sender,
                                    std::string_view text) {
  if (channel_ == Channel::whatsapp) {
    append_whatsapp(page, sender, text);
  } else {
    append_messaging(page, sender, text);
  }
  body_bytes_ += body_.size();
  const auto signature = signer_.hex(body_);
  out += head_;
  out.append(signature.data(), signature.size());
  out += "\r\nContent-Length: ";
  append_number(out, body_.size());
  out += "\r\n\r\n";
  out += body_;
}

}  // namespace aura::bench
