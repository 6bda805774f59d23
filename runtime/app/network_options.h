// The options of the network layer's parts (servers, clients, adapters of Meta's channels), made
// from the settings and the bounds of `config/limits.h`. Pure.
#pragma once

#include "config/settings.h"
#include "net/client/http_client.h"
#include "net/fetch/fetcher.h"
#include "net/providers/meta/graph_adapter.h"
#include "net/server/server.h"

namespace aura::app {

net::ServerOptions public_options(const config::PublicEndpoint& endpoint);
net::ServerOptions operator_options(const config::OperatorEndpoint& endpoint);
net::HttpClientOptions client_options();
net::FetcherOptions fetcher_options(const config::Settings& settings);
net::meta::Options meta_options(const config::MetaApp& app);

}  // namespace aura::app
