// Makes a data directory look as if a later version had written it: raises the format row of its
// database. For the test that an engine refuses such data.
#include <rocksdb/db.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string path = argv[1];
  const rocksdb::Options options;
  std::vector<std::string> names;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, path, &names);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  if (status.ok()) status = rocksdb::DB::Open(options, path, families, &handles, &opened);
  const std::unique_ptr<rocksdb::DB> database(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const std::string version("\x7f\xff\xff\xff", 4);
  if (status.ok()) status = database->Put(synced, "format", version);
  for (auto* handle : handles) database->DestroyColumnFamilyHandle(handle);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
