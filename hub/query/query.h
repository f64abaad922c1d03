#pragma once
#include <map>
#include <string>
#include <vector>

#include "hub/event/position.h"
#include "hub/query/catalogues.h"
#include "hub/query/unit_names.h"
#include "hub/shard/shard_set.h"

namespace dongbo::query {

// What a reading request asks, already percent-decoded.
struct Request {
  std::string path;                   // "/v1/meetings/QNA-2023-05-30/attendance", for messages
  std::vector<std::string> segments;  // {"meetings","QNA-2023-05-30","attendance"} without "v1", each percent-decoded
  std::map<std::string, std::string> parameters;
};

// What it is answered: status 200, 404, 422, or 500 when the disk fails; body is JSON text ready to send (problem+json
// when not 200).
struct Answer {
  unsigned status = 200;
  std::string body;
  event::Position position;  // of the snapshots it was read from
  std::string etag;          // strong, quoted: a hash of the body; empty when not 200
};

// Reads over all shards: merges snapshots, joins what spans shards (units, sources' gaps, lists). Any thread. `shards` and
// `catalogues` must outlive it.
class QueryEngine {
 public:
  QueryEngine(const shard::ShardSet& shards, const Catalogues& catalogues) : shards_(shards), catalogues_(catalogues) {}
  Answer answer(const Request& request) const;

 private:
  const shard::ShardSet& shards_;
  const Catalogues& catalogues_;
  mutable UnitNames unit_names_;
};

}  // namespace dongbo::query
