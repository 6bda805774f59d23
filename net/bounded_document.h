// A RapidJSON reader handler that builds a document and stops the reader at a maximum depth,
// because code that walks, compares or destroys a document is recursive. Derived handlers hide the
// events that they treat differently. Lives for one parse.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>

namespace aura::net {

class BoundedDocument {
 public:
  BoundedDocument(rapidjson::Document& document, std::size_t max_depth)
      : document_(document), left_(max_depth) {}

  bool Null() { return document_.Null(); }
  bool Bool(bool b) { return document_.Bool(b); }
  bool Int(int i) { return document_.Int(i); }
  bool Uint(unsigned i) { return document_.Uint(i); }
  bool Int64(std::int64_t i) { return document_.Int64(i); }
  bool Uint64(std::uint64_t i) { return document_.Uint64(i); }
  bool Double(double d) { return document_.Double(d); }
  bool RawNumber(const char* s, rapidjson::SizeType n, bool copy) {
    return document_.RawNumber(s, n, copy);
  }
  bool String(const char* s, rapidjson::SizeType n, bool copy) {
    return document_.String(s, n, copy);
  }
  bool Key(const char* s, rapidjson::SizeType n, bool copy) { return document_.Key(s, n, copy); }
  bool StartObject() { return enter() && document_.StartObject(); }
  bool EndObject(rapidjson::SizeType n) { return leave() && document_.EndObject(n); }
  bool StartArray() { return enter() && document_.StartArray(); }
  bool EndArray(rapidjson::SizeType n) { return leave() && document_.EndArray(n); }

 protected:
  rapidjson::Document& document_;

 private:
  bool enter() {
    if (left_ == 0) return false;
    --left_;
    return true;
  }
  bool leave() {
    ++left_;
    return true;
  }

  std::size_t left_;  // levels that the reader may still enter
};

}  // namespace aura::net
