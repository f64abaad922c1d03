#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hub/cli/http_client.h"

namespace dongbo::cli {

// One event that a hub did not take.
struct NotTaken {
  std::uint64_t line = 0;
  std::string outcome;  // "conflict", "invalid"
  std::string id;
  std::string why;
};

struct UploadTotals {
  std::uint64_t accepted = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t conflict = 0;
  std::uint64_t invalid = 0;
  std::uint64_t sent_again = 0;     // chunks
  std::vector<NotTaken> not_taken;  // the first kNotTakenMax
  std::string position;             // of the last chunk
  bool all_taken() const { return conflict == 0 && invalid == 0; }
  std::uint64_t events() const { return accepted + duplicate + conflict + invalid; }
};

// Sends NDJSON to a hub in chunks. A chunk that got no whole answer, or one that the hub was too busy for, is sent again:
// what was taken the first time is then a duplicate, without effect. One thread.
class Uploader {
 public:
  static constexpr std::size_t kNotTakenMax = 20;

  struct Options {
    std::string origin;  // "file:NAME", empty: none; then refused lines are kept in quarantine
    std::chrono::seconds give_up_after{300};
    std::function<bool()> stopped;                    // asked between tries
    std::function<void(const std::string&)> trouble;  // told once when it starts to wait, and why
    std::chrono::milliseconds slow_after{10'000};     // so long without an answer is told like that too, once in all
  };
  Uploader(HttpClient& client, Options options);
  ~Uploader();
  Uploader(const Uploader&) = delete;
  Uploader& operator=(const Uploader&) = delete;

  // `lines`: whole lines; `first_line`: the number of the first one in its file, from 1.
  Result<void> send(const std::string& lines, std::uint64_t first_line);
  const UploadTotals& totals() const { return totals_; }

 private:
  Result<void> count(const HttpAnswer& answer, std::uint64_t first_line);
  bool wait(std::chrono::seconds time) const;
  void tell(const std::string& why);
  HttpClient& client_;
  const Options options_;
  UploadTotals totals_;
  bool told_ = false;       // of this wait
  bool slow_told_ = false;  // ever
};

// For Options::trouble: one line on standard error, what is waited for and how long.
std::function<void(const std::string&)> waiting_notice(std::string command, std::chrono::seconds give_up_after);

}  // namespace dongbo::cli
