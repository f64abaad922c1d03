#pragma once
#include <chrono>

#include "hub/base/ids.h"

namespace dongbo {

// Where the time of day comes from. Only doors ask it (an event is stamped once, at the door, and the stamp is
// journaled); folds never do. Any thread may call.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Millis now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Millis now() const override {
    using namespace std::chrono;
    return Millis(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
  }
};

// A clock that tests move by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Millis start) : now_(start) {}
  Millis now() const override { return now_; }
  void advance(std::chrono::milliseconds by) { now_ = Millis(now_.value() + by.count()); }

 private:
  Millis now_;
};

}  // namespace dongbo
