#include "hub/cli/report_source.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "hub/cli/http_client.h"
#include "hub/cli/resources.h"
#include "hub/query/query.h"
#include "hub/report/answers_of_engine.h"
#include "hub/report/causes.h"
#include "hub/report/seal.h"
#include "hub/shard/shard_set.h"

namespace dongbo::cli {
namespace {

class DirectorySource final : public ReportSource {
 public:
  DirectorySource(report::Reference reference, std::unique_ptr<shard::ShardSet> shards, std::string as_of)
      : reference_(std::move(reference)),
        shards_(std::move(shards)),
        engine_(*shards_, reference_.catalogues),
        as_of_(std::move(as_of)) {}
  ~DirectorySource() override { shards_->stop(); }

  Result<report::Document> make(const report::ReportRequest& request) override { return make_at(request, as_of_); }
  Result<report::Document> make_at(const report::ReportRequest& request, const std::string& position) override {
    report::AnswersOfEngine answers(engine_, position);
    return report::make_report(answers, reference_, request);
  }
  Result<report::Document> supplement(const report::ReportRequest& request, report::Document now,
                                      const report::Document& before) override {
    const auto answers_at = [this](const std::string& as_of) {
      return std::make_unique<report::AnswersOfEngine>(engine_, as_of);
    };
    DONGBO_ASSIGN(const auto differences, report::differences_with_causes(before, now, reference_, request, answers_at));
    return report::supplement(std::move(now), before, differences);
  }

 private:
  const report::Reference reference_;
  const std::unique_ptr<shard::ShardSet> shards_;
  query::QueryEngine engine_;
  const std::string as_of_;
};

class HubSource final : public ReportSource {
 public:
  HubSource(const std::string& url, std::string as_of) : client_(url), as_of_(std::move(as_of)) {}

  Result<report::Document> make(const report::ReportRequest& request) override { return get(request, as_of_, ""); }
  Result<report::Document> make_at(const report::ReportRequest& request, const std::string& position) override {
    return get(request, position, "");
  }
  Result<report::Document> supplement(const report::ReportRequest& request, report::Document now,
                                      const report::Document& before) override {
    DONGBO_ASSIGN(auto document, get(request, now.frozen.position, before.frozen.position));
    if (document.frozen.supplement_to == before.frozen.sha256) return document;
    return Error::fatal(
        fmt::format("{}: hub lập lại báo cáo tại {} ra mã băm khác, tệp không phải của hub này hay của phiên bản này / the hub "
                    "makes another report of that position: the file is of another hub, version or --issuer",
                    client_.base(), before.frozen.position));
  }

 private:
  Result<report::Document> get(const report::ReportRequest& request, const std::string& as_of, const std::string& supplement_to) {
    auto path = fmt::format("/v1/reports/{}.json?kind={}", percent_encoded(request.meeting), report::kind_name(request.kind));
    if (request.with_names) path += "&names=true";
    if (!request.issuer.empty()) path += "&issuer=" + percent_encoded(request.issuer);
    if (!as_of.empty()) path += "&as_of=" + percent_encoded(as_of);
    if (!supplement_to.empty()) path += "&supplement_to=" + percent_encoded(supplement_to);
    DONGBO_ASSIGN(const auto answer, client_.get(path));
    if (!answer.good()) return Error::fatal(client_.base() + ": " + problem_text(answer));
    DONGBO_ASSIGN(auto document, report::read_json(answer.body));
    if (!report::is_sealed(document))
      return Error::fatal(client_.base() + ": mã băm của báo cáo không khớp / the report's digest does not hold");
    return document;
  }

  HttpClient client_;
  const std::string as_of_;
};

// Does a hub hold the directory? It locks hub/lock as long as it runs.
bool is_held(const std::filesystem::path& data) {
  const int file = ::open((data / "hub" / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool held = ::flock(file, LOCK_EX | LOCK_NB) != 0;
  ::close(file);
  return held;
}

// Until every event of the journals is in the projections.
Result<void> wait_folded(const shard::ShardSet& shards) {
  while (!shards.folded().covers(shards.head())) {
    for (ShardId shard(0); shard.value() < shards.size(); shard = shard.next())
      if (const auto status = shards.at(shard).status(); !status.failure.empty())
        return Error::fatal(fmt::format("phân mảnh/shard {}: {}", shard.value(), status.failure));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<ReportSource>> ReportSource::of_directory(const std::string& data, const std::string& as_of,
                                                                 const std::string& resources) {
  DONGBO_TRY(shard::read_settings(data));  // a mistyped directory must not become a new one
  DONGBO_ASSIGN(const auto found, find_resources(resources));
  DONGBO_ASSIGN(auto reference, report::Reference::load(found.catalogues()));
  if (is_held(data))
    return Error::fatal(data +
                        " đang có hub dùng: hỏi hub đó / is held by a running hub, ask that one: --url http://127.0.0.1:8080");
  DONGBO_ASSIGN(auto shards, shard::ShardSet::open(data, {}));
  shards->start();
  DONGBO_TRY(wait_folded(*shards));
  return std::unique_ptr<ReportSource>(std::make_unique<DirectorySource>(std::move(reference), std::move(shards), as_of));
}

std::unique_ptr<ReportSource> ReportSource::of_hub(const std::string& url, const std::string& as_of) {
  return std::make_unique<HubSource>(url, as_of);
}

}  // namespace dongbo::cli
