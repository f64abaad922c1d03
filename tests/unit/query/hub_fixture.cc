#include "tests/unit/query/hub_fixture.h"

#include <fstream>
#include <future>

#include "hub/event/codec.h"

namespace dongbo::query {
namespace {

constexpr Millis kReceived(1'700'000'000'000);

}  // namespace

HubFixture::HubFixture(std::uint32_t shards) : count_(shards) {}
HubFixture::~HubFixture() = default;

void HubFixture::SetUp() {
  const auto source = std::filesystem::path(DONGBO_SOURCE_DIR);
  auto schemas = event::SchemaSet::load(source / "schemas/events");
  ASSERT_TRUE(schemas.has_value()) << schemas.error().message;
  schemas_ = std::make_unique<event::SchemaSet>(std::move(schemas).value());
  codec_ = std::make_unique<event::Codec>(*schemas_);
  auto catalogues = Catalogues::load(source / "schemas/catalogues");
  ASSERT_TRUE(catalogues.has_value()) << catalogues.error().message;
  catalogues_ = std::move(catalogues).value();

  shard::ShardSetOptions options;
  options.shards = count_;
  auto opened = shard::ShardSet::open(directory_, options);
  ASSERT_TRUE(opened.has_value()) << opened.error().message;
  shards_ = std::move(opened).value();
  for (std::uint32_t shard = 0; shard < count_; ++shard) {
    shards_->at(ShardId(shard)).on_folded([this](ShardId, Sequence, Sequence) {
      std::lock_guard lock(mutex_);
      folded_.notify_all();
    });
  }
  shards_->start();
  engine_ = std::make_unique<QueryEngine>(*shards_, catalogues_);
}

void HubFixture::TearDown() {
  engine_.reset();
  if (shards_) shards_->stop();
  shards_.reset();
}

shard::Outcome HubFixture::send_json(std::string_view json) {
  auto decoded = codec_->decode(json);
  if (auto* refusal = std::get_if<event::Refusal>(&decoded)) {
    ADD_FAILURE() << refusal->faults.front().pointer << " " << refusal->faults.front().detail << "\n" << json;
    return {};
  }
  auto prepared = std::get<event::PreparedEvent>(std::move(decoded));
  const auto home = shards_->home(prepared.home_key);
  return submit(home, {std::move(prepared), kReceived, -1}, {});
}

shard::Outcome HubFixture::send(std::string_view type, std::string_view id, std::string_view time, std::string_view data,
                                std::string_view source, std::string_view sequence) {
  auto json = fmt::format(R"({{"specversion":"1.0","id":"{}","source":"{}","type":"vn.dongbo.{}.v1","time":"{}")", id, source,
                          type, time);
  if (!sequence.empty()) json += fmt::format(R"(,"sequence":"{}")", sequence);
  return send_json(json + fmt::format(R"(,"data":{}}})", data));
}

shard::Outcome HubFixture::quarantine(ShardId shard, std::string detail, std::string raw, event::RefusalKind kind,
                                      std::string source, journal::Origin origin, std::int64_t ordinal) {
  event::Refusal refusal;
  refusal.kind = kind;
  refusal.faults.push_back({"/data", std::move(detail)});
  refusal.id = "id-1";
  refusal.source = std::move(source);
  shard::RefusedItem refused;
  refused.refusal = std::move(refusal);
  refused.raw = std::move(raw);
  return submit(shard, {std::move(refused), kReceived, ordinal}, std::move(origin));
}

shard::Outcome HubFixture::submit(ShardId shard, shard::Admission admission, journal::Origin origin) {
  std::promise<std::vector<shard::Outcome>> promise;
  auto outcomes = promise.get_future();
  shard::Submission submission;
  submission.items.push_back(std::move(admission));
  submission.origin = std::move(origin);
  submission.done = [&promise](std::vector<shard::Outcome> done) { promise.set_value(std::move(done)); };
  EXPECT_TRUE(shards_->at(shard).submit(submission));
  return outcomes.get().at(0);
}

void HubFixture::send_samples() {
  std::ifstream in(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas/samples/events.ndjson");
  std::string line;
  std::size_t lines = 0;
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    EXPECT_EQ(send_json(line).kind, shard::Outcome::Kind::kAccepted) << line;
    ++lines;
  }
  ASSERT_GT(lines, 0U);
}

void HubFixture::settle() {
  std::unique_lock lock(mutex_);
  const auto head = shards_->head();
  ASSERT_TRUE(folded_.wait_for(lock, std::chrono::seconds(30), [&] { return shards_->folded().covers(head); }));
}

Answer HubFixture::ask(std::string_view path, Parameters parameters) {
  Request request;
  request.path = "/v1/" + std::string(path);
  std::string_view rest = path;
  while (true) {
    const auto slash = rest.find('/');
    request.segments.emplace_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  request.parameters = std::move(parameters);
  return engine_->answer(request);
}

HubFixture::Json HubFixture::get(std::string_view path, Parameters parameters, unsigned status) {
  settle();
  const auto answer = ask(path, std::move(parameters));
  EXPECT_EQ(answer.status, status) << path << " " << answer.body;
  auto json = Json::parse(answer.body, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << answer.body;
  EXPECT_EQ(answer.etag.empty(), answer.status != 200);
  if (answer.status == 200) {
    EXPECT_EQ(json["freshness"]["position"].get<std::string>(), answer.position.text()) << path;
  }
  return json;
}

std::vector<HubFixture::Json> HubFixture::walk(std::string_view path, Parameters parameters,
                                               const std::function<void()>& between) {
  std::vector<Json> out;
  for (int page = 0; page < 1000; ++page) {
    const auto answer = get(path, parameters);
    for (const auto& one : answer["items"]) out.push_back(one);
    const auto token = answer["next_page_token"].get<std::string>();
    if (token.empty()) return out;
    parameters["page_token"] = token;
    between();
  }
  ADD_FAILURE() << "the list does not end";
  return out;
}

std::vector<std::string> HubFixture::texts(const Json& items, const char* member) {
  std::vector<std::string> out;
  for (const auto& one : items) out.push_back(one.at(member).get<std::string>());
  return out;
}

HubFixture::Json HubFixture::item(const Json& list, const char* member, std::string_view value) {
  for (const auto& one : list)
    if (one.at(member) == value) return one;
  return nullptr;
}

}  // namespace dongbo::query
