// An ingress that records its input and answers as the test says.
#pragma once

#include <utility>
#include <vector>

#include "runtime/ports/ingress.h"

namespace aura::net {

class FakeIngress final : public Ingress {
 public:
  void accept(std::vector<InboundItem> batch, std::function<void(Errc)> done) override {
    ++calls;
    for (InboundItem& item : batch) items.push_back(std::move(item));
    if (hold) {
      held = std::move(done);
    } else {
      done(answer);
    }
  }

  Errc answer = Errc::ok;
  bool hold = false;
  int calls = 0;
  std::vector<InboundItem> items;
  std::function<void(Errc)> held;
};

}  // namespace aura::net
