// The whole engine on fake time, with a shop that has one Messenger page.
#pragma once

#include <gtest/gtest.h>

#include "runtime/log.h"
#include "storage/schema/records.pb.h"
#include "tests/support/engine_world.h"
#include "tests/support/sim_channel.h"
#include "tests/support/sim_provider.h"

namespace aura::test {

using storage::Family;

class PageShop : public ::testing::Test {
 protected:
  PageShop() { log::set_level(log::Level::error); }

  void start_engine(EngineOptions options) {
    options.channel_debounce = std::chrono::milliseconds(0);
    world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, provider_, adapters_, options);
  }
  void open_shop() {
    const EngineWorld::Shop shop = world_->open_shop();
    workspace_ = shop.workspace;
    channel_id_ = shop.channel;
  }
  // The payload of a text that a customer writes now.
  std::string message(const std::string& id, const std::string& thread,
                      const std::string& text = "When are you open?") const {
    ChannelEvent event;
    event.external_id = id;
    event.thread = thread;
    event.at = clock_.now_ms();
    event.text = text;
    return encode_event(event);
  }
  void pass(Millis time) {
    for (Millis done = 0; done < time; done += 250) {
      world_->advance(250);
      provider_.answer();
      world_->settle();
    }
  }

  SeededRandom random_{1};
  FakeClock clock_;
  Disk disk_;
  SimProvider provider_{clock_, random_};
  SimChannel channel_;
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &channel_}};
  std::unique_ptr<EngineWorld> world_;
  Id workspace_, channel_id_;
};

}  // namespace aura::test
