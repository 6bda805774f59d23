// What the settings and limits mean for each part of the application. Pure.
#pragma once

#include <string>

#include "actors/services.h"
#include "config/settings.h"
#include "net/client/http_client.h"
#include "net/fetch/fetcher.h"
#include "net/providers/meta/graph_adapter.h"
#include "net/server/server.h"
#include "net/webhooks/person_routes.h"

namespace aura::app {

std::string listen_of(const config::Endpoint& endpoint);
EngineOptions engine_options(const config::Settings& settings);
net::ServerLimits server_limits(int connections);
net::HttpClientOptions client_options();
net::FetcherOptions fetcher_options(const config::Settings& settings);
net::meta::Options meta_options(const config::MetaApp& app);
net::PersonRouteOptions person_options(const config::Settings& settings);

}  // namespace aura::app
