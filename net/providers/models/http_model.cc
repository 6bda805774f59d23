#include "net/providers/models/http_model.h"

#include <algorithm>
#include <utility>

#include "net/providers/models/model_reply.h"
#include "net/providers/provider_client.h"
#include "runtime/log.h"
#include "runtime/metrics.h"

namespace aura::net::models {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = ModelError::Kind;
using std::chrono::milliseconds;

const char* outcome_of(const ModelResult& result) {
  if (!result) return to_string(result.error().kind);
  constexpr const char* kStops[] = {"complete", "truncated", "refused"};
  return kStops[static_cast<std::size_t>(result->stop)];
}

void count(const ModelResult& result, double seconds) {
  metrics::counter("aura_model_calls_total", "Calls of the language model, by how they ended",
                   {{"outcome", outcome_of(result)}})
      .add();
  static auto duration = metrics::histogram("aura_model_call_seconds",
                                            "Calls of the language model, until they ended");
  duration.observe(seconds);
  if (!result) return;
  const auto tokens = [](const char* direction) {
    return metrics::counter("aura_model_tokens_total", "Tokens read and written by the model",
                            {{"direction", direction}});
  };
  static auto in = tokens("in"), out = tokens("out");
  in.add(static_cast<double>(result->usage.input_tokens));
  out.add(static_cast<double>(result->usage.output_tokens));
}

}  // namespace

milliseconds wait_before(int tries, const ModelError& error, Random& random) {
  if (error.retry_after) return *error.retry_after;
  constexpr double kFirst = 500, kLongest = 8'000, kSpread = 0.25;
  const double wait = std::min(kFirst * static_cast<double>(1 << std::min(tries, 8)), kLongest);
  return milliseconds(static_cast<std::int64_t>(wait * (1 - random.real() * kSpread)));
}

// One question from ask() to its answer: tries that follow one another, each started by the end of
// the one before.
class HttpModel::Run : public std::enable_shared_from_this<Run> {
 public:
  Run(HttpModel& model, const ModelRequest& request, std::stop_token stop,
      std::function<void(ModelResult)> done, Permit permit)
      : model_(model),
        call_(model.api_->compose(request)),
        stop_(std::move(stop)),
        done_(std::move(done)),
        permit_(std::move(permit)),
        deadline_(Clock::now() + model.options_.timeout) {}

  void send(milliseconds delay) {
    began_ = Clock::now() + delay;
    HttpCall http;
    http.method = parse_method(call_.method);
    http.url = call_.url;
    for (const auto& [name, value] : call_.headers) http.headers.add(name, value);
    http.body = call_.body;
    http.connect_timeout = limits::kConnectTimeout;
    http.total_timeout = left();
    http.delay = delay;
    http.max_response_bytes = limits::kModelReplyBytes;
    http.stop = stop_;
    model_.client_.send(std::move(http), [run = shared_from_this()](HttpResult result) {
      run->on_reply(provider_reply(std::move(result)));
    });
  }

 private:
  milliseconds left() const {
    return std::chrono::duration_cast<milliseconds>(deadline_ - Clock::now());
  }

  void on_reply(const ProviderReply& reply) {
    ModelResult result = model_.api_->parse(reply);
    if (!result && stop_.stop_requested())
      result.error() = {.kind = Kind::stopped, .reason = "stopped"};
    if (result && result->usage.estimated && result->usage.input_tokens == 0)
      result->usage.input_tokens = estimated_tokens(call_.body.size());
    note(result, reply.status);
    if (result || !result.error().retry || tries_ == limits::kModelRetries)
      return finish(std::move(result));
    const milliseconds wait = wait_before(tries_++, result.error(), model_.random_);
    if (wait >= left()) return finish(std::move(result));
    send(wait);
  }

  void note(const ModelResult& result, int status) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    count(result, seconds);
    const ModelUsage usage = result ? result->usage : ModelUsage{};
    const bool good = result || result.error().kind == Kind::stopped;
    log::write(good ? log::Level::info : log::Level::warn, "model_call",
               {{"model", model_.options_.name},
                {"outcome", outcome_of(result)},
                {"reason", result ? std::string() : result.error().reason},
                {"status", status},
                {"request", result ? result->request_id : result.error().request_id},
                {"tokens_in", usage.input_tokens},
                {"tokens_out", usage.output_tokens},
                {"estimated", usage.estimated},
                {"ms", static_cast<std::int64_t>(seconds * 1e3)},
                {"tries", tries_ + 1}});
  }

  void finish(ModelResult result) {
    Breaker& breaker = model_.breaker_;
    if (result || result.error().kind == Kind::refused)
      breaker.succeeded();
    else if (result.error().kind == Kind::stopped)
      breaker.dropped();
    else
      breaker.failed(Clock::now(), result.error().retry_after);
    permit_ = {};
    done_(std::move(result));
  }

  HttpModel& model_;
  const ProviderCall call_;
  const std::stop_token stop_;
  const std::function<void(ModelResult)> done_;
  Permit permit_;
  const Clock::time_point deadline_;
  Clock::time_point began_{};  // of the running try
  int tries_ = 0;              // that failed
};

HttpModel::HttpModel(HttpClient& client, std::unique_ptr<const ModelApi> api, Random& random,
                     ModelOptions options)
    : client_(client), api_(std::move(api)), random_(random), options_(std::move(options)) {}

void HttpModel::ask(ModelRequest request, std::stop_token stop,
                    std::function<void(ModelResult)> done) {
  Permit permit = calls_.try_enter();
  if (!permit) return done(tl::unexpected(ModelError{Kind::resting, "too_many_calls"}));
  if (!breaker_.admit(Clock::now()))
    return done(tl::unexpected(ModelError{Kind::resting, "failed_too_often"}));
  std::make_shared<Run>(*this, request, std::move(stop), std::move(done), std::move(permit))
      ->send(milliseconds(0));
}

}  // namespace aura::net::models
