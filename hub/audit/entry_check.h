#pragma once
#include <memory>
#include <optional>
#include <string>

#include "hub/event/entry_source.h"

namespace dongbo::audit {

// Is a journal entry what the codec would write: canonical bytes, and the digests that belong to them? Keeps its parser's
// buffers: one a thread.
class EntryCheck {
 public:
  EntryCheck();
  ~EntryCheck();
  // What is wrong with it; nothing when it is right.
  std::optional<std::string> wrong(const event::EntryRecord& record);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dongbo::audit
