// The options of each part of the application, made from the settings and `config/limits.h`. Pure.
#pragma once

#include "actors/services.h"
#include "config/settings.h"
#include "net/client/http_client.h"
#include "net/fetch/fetcher.h"
#include "net/providers/meta/graph_adapter.h"
#include "net/server/server.h"
#include "net/webhooks/person_routes.h"
#include "storage/storage.h"

namespace aura::app {

storage::StorageOptions storage_options(const config::Settings& settings);
EngineOptions engine_options(const config::Settings& settings);
net::ServerOptions public_options(const config::PublicEndpoint& endpoint);
net::ServerOptions operator_options(const config::OperatorEndpoint& endpoint);
net::HttpClientOptions client_options();
net::FetcherOptions fetcher_options(const config::Settings& settings);
net::meta::Options meta_options(const config::MetaApp& app);
net::PersonRouteOptions person_options(const config::Settings& settings);

}  // namespace aura::app
