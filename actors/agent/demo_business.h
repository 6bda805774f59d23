// The demo shop, "Café Aura de Mer", read from the files of web/demo_data that are embedded in the
// binary. Ids are derived from the workspace and the row's key, so seeding twice changes nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "actors/agent/knowledge.h"
#include "runtime/result.h"

namespace aura::agent {

struct DemoBusiness {
  BusinessProfile profile;
  std::vector<CatalogItem> items;
  std::vector<Document> documents;
  std::map<Id, std::string> pictures;  // by item: a name in web/demo/pictures
};

Result<DemoBusiness> demo_business(const Id& workspace);

}  // namespace aura::agent
