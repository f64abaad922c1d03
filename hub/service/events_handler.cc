#include "hub/service/events_handler.h"

#include <fmt/format.h>
#include <charconv>

#include <boost/asio/this_coro.hpp>

#include "hub/base/in_both.h"
#include "hub/event/batch_splitter.h"
#include "hub/service/body_decoder.h"
#include "hub/service/line_splitter.h"
#include "hub/service/problem.h"
#include "hub/service/upload.h"

namespace dongbo::service {
namespace {

constexpr std::string_view kAccepted =
    "application/cloudevents+json, application/cloudevents-batch+json, application/x-ndjson, or JSON with ce-* headers";

struct BodyName {
  std::string_view vietnamese;
  std::string_view english;
};
constexpr BodyName kOne{"một sự kiện", "an event"};
constexpr BodyName kArray{"một mảng sự kiện", "an array of events"};
constexpr BodyName kNdjson{"một phần thân NDJSON", "an NDJSON body"};

HttpResponse too_large(const BodyName& what, std::uint64_t bytes_max, const ProblemExtras& extras = {}) {
  auto response = problem(
      problems::kTooLarge,
      fmt::format("{0} tối đa {2} byte sau giải nén / {1} may hold {2} bytes, decoded", what.vietnamese, what.english, bytes_max),
      extras);
  response.close = true;
  return response;
}

// How a body that did not come whole is answered; the answer to a vanished client reaches nobody.
HttpResponse broken_off(BodyPiece::State state, const ProblemExtras& extras = {}) {
  auto response =
      state == BodyPiece::State::kIdle
          ? problem(
                problems::kIdle,
                "quá thời gian cho phép mà không có byte nào của phần thân đến / no byte of the body came for the time allowed",
                extras)
          : problem(problems::kBadRequest,
                    "phần thân kết thúc trước Content-Length hoặc trước khúc cuối, hoặc một khúc bị hỏng / the body ended before "
                    "its Content-Length or its last chunk, or a chunk is broken",
                    extras);
  response.close = true;
  return response;
}

// Does a header name an attribute? Then the body is the data of an event, whichever attribute may be missing.
bool has_attributes(const HttpRequest& request) {
  return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
    return header.first.size() > 3 && equal_ignoring_case(header.first.substr(0, 3), "ce-");
  });
}

bool whole(BodyPiece::State state) {
  return state == BodyPiece::State::kMore || state == BodyPiece::State::kEnd;
}

}  // namespace

// What the headers say the body is.
struct EventsHandler::Kind {
  enum class Mode { kStructured, kBinary, kBatch, kLines };
  Mode mode;
  std::string_view encoding;
};

struct EventsHandler::Whole {
  std::string bytes;
  std::optional<HttpResponse> refusal;
};

EventsHandler::EventsHandler(std::size_t threads, const event::SchemaSet& schemas, intake::Intake& intake, HttpLimits limits,
                             Metrics& metrics)
    : schemas_(schemas), intake_(intake), limits_(limits), metrics_(metrics) {
  event::CodecLimits codec_limits;
  codec_limits.event_bytes_max = limits.event_bytes;
  for (std::size_t i = 0; i < threads; ++i) codecs_.emplace_back(schemas_, codec_limits);
}

EventsHandler::~EventsHandler() = default;

Task<HttpResponse> EventsHandler::answer(Exchange& exchange) {
  const auto& request = exchange.request();
  if (auto refused = unknown_parameter(request, {"origin", "first_line"})) co_return std::move(*refused);
  const auto type = media_type(request.header("content-type"));
  Kind kind{Kind::Mode::kStructured, request.header("content-encoding")};
  if (type == "application/cloudevents+json") {
    kind.mode = Kind::Mode::kStructured;
  } else if (type == "application/cloudevents-batch+json") {
    kind.mode = Kind::Mode::kBatch;
  } else if (type == "application/x-ndjson" || type == "application/ndjson" || type == "application/jsonl") {
    kind.mode = Kind::Mode::kLines;
  } else if (is_json(type) && has_attributes(request)) {
    kind.mode = Kind::Mode::kBinary;
  } else {
    auto refusal =
        problem(problems::kMediaType, fmt::format("không nhận '{0}'; hãy gửi: / '{0}' is not taken; send {1}", type, kAccepted));
    refusal.headers.emplace_back("Accept-Post",
                                 "application/cloudevents+json, application/cloudevents-batch+json, application/x-ndjson");
    co_return refusal;
  }
  if (!request.has_body && !request.content_length) {
    // Taken for an empty upload, a body whose sender told no length would be lost without a word.
    auto refusal = problem(problems::kLengthRequired,
                           "hãy nêu độ dài phần thân bằng Content-Length, hoặc gửi theo khúc (chunked) / say how long the body "
                           "is with Content-Length, or send it chunked");
    refusal.close = true;
    co_return refusal;
  }
  if (!make_body_decoder(kind.encoding)) {
    auto refusal = problem(
        problems::kEncoding,
        fmt::format("không nhận '{0}'; hãy gửi gzip, zstd hoặc identity / '{0}' is not taken; send gzip, zstd or identity",
                    kind.encoding));
    refusal.headers.emplace_back("Accept-Encoding", "gzip, zstd, identity");
    co_return refusal;
  }
  switch (kind.mode) {
    case Kind::Mode::kLines:
      co_return co_await lines(exchange, kind);
    case Kind::Mode::kBatch:
      co_return co_await batch(exchange, kind);
    case Kind::Mode::kStructured:
    case Kind::Mode::kBinary:
      break;
  }
  co_return co_await one(exchange, kind);
}

Task<EventsHandler::Whole> EventsHandler::read_whole(Exchange& exchange, const Kind& kind, std::uint64_t bytes_max) {
  Whole out;
  const auto& what = kind.mode == Kind::Mode::kBatch ? kArray : kOne;
  if (exchange.request().content_length.value_or(0) > bytes_max) {
    out.refusal = too_large(what, bytes_max);
    co_return out;
  }
  const auto decoder = make_body_decoder(kind.encoding);
  for (bool more = true; more;) {
    const auto piece = co_await exchange.read_body();
    if (!whole(piece.state)) {
      out.refusal = broken_off(piece.state);
      co_return out;
    }
    more = piece.state == BodyPiece::State::kMore;
    metrics_.body_bytes.fetch_add(piece.bytes.size(), std::memory_order_relaxed);
    decoder->give(piece.bytes);
    while (true) {
      const auto bytes = decoder->next();
      if (!bytes) {
        out.refusal = problem(problems::kBadEncoding, bytes.error().message);
        co_return out;
      }
      if (bytes->empty()) break;
      if (out.bytes.size() + bytes->size() > bytes_max) {
        out.refusal = too_large(what, bytes_max);
        co_return out;
      }
      out.bytes.append(*bytes);
    }
  }
  if (const auto complete = decoder->finish(); !complete) out.refusal = problem(problems::kBadEncoding, complete.error().message);
  co_return out;
}

// Attributes from ce-* headers, percent-decoded as the HTTP binding of CloudEvents says; quotes around a value, which
// older clients send, are taken off.
event::Decoded EventsHandler::decode_binary(Exchange& exchange, std::string_view data) {
  const auto& request = exchange.request();
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& [name, value] : request.headers) {
    if (name.size() <= 3 || !equal_ignoring_case(name.substr(0, 3), "ce-")) continue;
    auto text = value;
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    auto decoded = percent_decode(text, false);
    std::string small(name.substr(3));
    for (auto& c : small)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);  // header names have no case
    if (!decoded) {
      event::Refusal refusal;
      refusal.faults.push_back(
          {"/" + small,
           fmt::format("tiêu đề ce-{0} không phải UTF-8 viết dạng %XX / the ce-{0} header is not percent-encoded UTF-8", small)});
      return refusal;
    }
    texts.emplace_back(std::move(small), std::move(*decoded));
  }
  texts.emplace_back("datacontenttype", std::string(request.header("content-type")));
  std::vector<std::pair<std::string_view, std::string_view>> attributes(texts.begin(), texts.end());
  return codecs_[exchange.thread()].decode_binary(attributes, data);
}

HttpResponse EventsHandler::counted(Exchange&, const intake::Receipt& receipt) {
  metrics_.outcomes[static_cast<std::size_t>(receipt.outcome)].fetch_add(1, std::memory_order_relaxed);
  return answer_of(receipt);
}

Task<HttpResponse> EventsHandler::one(Exchange& exchange, const Kind& kind) {
  auto body = co_await read_whole(exchange, kind, limits_.event_bytes);
  if (body.refusal) co_return std::move(*body.refusal);
  auto decoded =
      kind.mode == Kind::Mode::kBinary ? decode_binary(exchange, body.bytes) : codecs_[exchange.thread()].decode(body.bytes);
  if (auto* refusal = std::get_if<event::Refusal>(&decoded)) {
    intake::Receipt receipt;
    receipt.outcome = intake::Receipt::Outcome::kInvalid;
    receipt.id = std::move(refusal->id);
    receipt.source = std::move(refusal->source);
    receipt.faults = std::move(refusal->faults);
    receipt.refusal = refusal->kind;
    co_return counted(exchange, receipt);
  }
  intake::Delivery delivery;
  delivery.origin.door = "http";
  delivery.items.push_back({std::move(decoded), -1, std::string()});
  using Receipts = std::vector<intake::Receipt>;
  Patience patience;
  while (true) {
    std::function<void(std::function<void(Receipts)>)> start = [&](std::function<void(Receipts)> done) {
      delivery.done = done;
      if (!intake_.accept(delivery)) done({});
    };
    const auto receipts = co_await answer_from_elsewhere<Receipts>(std::move(start));
    if (!receipts.empty()) co_return counted(exchange, receipts.front());
    metrics_.back_pressure.fetch_add(1, std::memory_order_relaxed);
    const auto pause = patience.next();
    if (!pause || exchange.stopping()) break;
    co_await pause_for(*pause);
  }
  co_return problem(problems::kBusy,
                    "nhật ký ghi chưa kịp; sự kiện chưa được nhận / the journal is behind; the event was not taken");
}

Task<HttpResponse> EventsHandler::batch(Exchange& exchange, const Kind& kind) {
  auto body = co_await read_whole(exchange, kind, limits_.batch_bytes);
  if (body.refusal) co_return std::move(*body.refusal);
  const auto split = event::split_batch(body.bytes, limits_.batch_items);
  if (const auto* fault = std::get_if<event::Fault>(&split)) {
    ProblemExtras extras;
    extras.errors.push_back(*fault);
    co_return problem(problems::kUnreadable, fault->detail, extras);
  }
  const auto& items = std::get<0>(split);
  if (items.size() > limits_.batch_items)
    co_return problem(problems::kTooLarge,
                      fmt::format("một mảng tối đa {0} sự kiện, mảng này nhiều hơn: hãy chia ra, hoặc gửi NDJSON / an array may "
                                  "hold {0} events, this one holds more: send it in parts, or as NDJSON",
                                  limits_.batch_items));
  // One outcome an item, however many: what is listed of each came with it.
  auto upload = std::make_shared<Upload>(co_await asio::this_coro::executor, intake_, metrics_,
                                         UploadSummary(limits_.batch_items, 4 * limits_.batch_bytes));
  auto& codec = codecs_[exchange.thread()];
  bool taken = true;
  for (std::size_t i = 0; i < items.size() && taken; ++i) {
    upload->add(codec.decode(items[i]), i, items[i]);
    if (upload->full()) taken = co_await upload->hand_on();
  }
  if (taken) taken = co_await upload->hand_on();
  co_await upload->finish();
  const auto& summary = upload->summary();
  if (taken && summary.count(intake::Receipt::Outcome::kFailed) == 0) co_return summary.answer();
  ProblemExtras extras;
  extras.members = fmt::format("\"items_taken\":{},{}", upload->taken(), summary.members());
  co_return problem(problems::kBusy,
                    why_failed("hãy gửi lại cả lô: sự kiện đã nhận sẽ tính là trùng",
                               "send the batch again: what was taken is then a duplicate", summary.why_failed()),
                    extras);
}

Task<HttpResponse> EventsHandler::lines(Exchange& exchange, const Kind& kind) {
  if (exchange.request().content_length.value_or(0) > limits_.stream_bytes) co_return too_large(kNdjson, limits_.stream_bytes);
  auto upload = std::make_shared<Upload>(co_await asio::this_coro::executor, intake_, metrics_);
  if (const auto origin = exchange.request().parameter("origin")) {
    if (!origin->starts_with("file:") || origin->size() < 6 || origin->size() > 1024) {
      ProblemExtras extras;
      extras.errors.push_back({"/origin", "phải là file:TÊN / must be file:NAME"});
      co_return problem(problems::kInvalid,
                        "origin nêu tệp chứa các dòng: file:TÊN / origin names the file the lines come from: file:NAME", extras);
    }
    journal::Origin from;
    from.door = "file";
    from.file = origin->substr(5);
    // A file that is sent in several bodies: where in it this one begins.
    std::uint64_t first_line = 1;
    if (const auto text = exchange.request().parameter("first_line")) {
      const auto* const end = text->data() + text->size();
      const auto [stop, failed] = std::from_chars(text->data(), end, first_line);
      if (failed != std::errc() || stop != end || first_line < 1 || first_line > (std::uint64_t{1} << 62)) {
        ProblemExtras extras;
        extras.errors.push_back({"/first_line", "phải là số dòng, từ 1 / must be a line's number, from 1"});
        co_return problem(problems::kInvalid,
                          "first_line là số dòng trong tệp của dòng đầu phần thân / first_line is the number in the file of the "
                          "body's first line",
                          extras);
      }
    }
    upload->keep_refused(std::move(from), first_line);
  } else if (exchange.request().parameter("first_line")) {
    co_return invalid_parameter("/first_line",
                                "cho biết phần thân bắt đầu ở đâu trong tệp: hãy nêu tệp bằng origin=file:TÊN / says where in a "
                                "file the body begins: name that file with origin=file:NAME");
  }

  const auto decoder = make_body_decoder(kind.encoding);
  LineSplitter splitter(limits_.event_bytes);
  auto& codec = codecs_[exchange.thread()];
  const auto take = [&](const LineSplitter::Line& line) {
    if (!line.too_long) return upload->add(codec.decode(line.text), line.number - 1, line.text);
    event::Refusal refusal;
    refusal.kind = event::RefusalKind::kUnreadable;
    refusal.faults.push_back({"", in_both(fmt::format("dòng dài quá {} byte", limits_.event_bytes),
                                          fmt::format("the line is longer than {} bytes", limits_.event_bytes))});
    upload->add(std::move(refusal), line.number - 1, line.text);
  };

  // Ends with `ended` set to what stopped it, or with the whole body handed on.
  std::function<HttpResponse(const ProblemExtras&)> ended;
  const auto busy = [&](const ProblemExtras& extras) {
    return problem(problems::kBusy,
                   why_failed("hãy gửi lại các dòng sau lines_taken, hoặc gửi lại tất cả",
                              "send the lines after lines_taken again, or everything", upload->summary().why_failed()),
                   extras);
  };
  std::uint64_t decoded = 0;
  for (bool more = true; more && !ended;) {
    const auto piece = co_await exchange.read_body();
    if (!whole(piece.state)) {
      ended = [state = piece.state](const ProblemExtras& extras) { return broken_off(state, extras); };
      break;
    }
    more = piece.state == BodyPiece::State::kMore;
    metrics_.body_bytes.fetch_add(piece.bytes.size(), std::memory_order_relaxed);
    decoder->give(piece.bytes);
    while (!ended) {
      const auto bytes = decoder->next();
      if (!bytes) {
        ended = [why = bytes.error().message](const ProblemExtras& extras) {
          return problem(problems::kBadEncoding, why, extras);
        };
        break;
      }
      if (bytes->empty()) break;
      decoded += bytes->size();
      if (decoded > limits_.stream_bytes) {
        ended = [this](const ProblemExtras& extras) { return too_large(kNdjson, limits_.stream_bytes, extras); };
        break;
      }
      splitter.give(*bytes);
      while (auto line = splitter.next()) {
        take(*line);
        if (!upload->full()) continue;
        const bool taken = co_await upload->hand_on();
        if (!taken) ended = busy;
        if (ended) break;
      }
    }
    if (!ended && piece.drained) {
      const bool taken = co_await upload->hand_on();
      if (!taken) ended = busy;
    }
    if (!ended && more && exchange.stopping())
      ended = [](const ProblemExtras& extras) {
        return problem(problems::kStopping, "hãy gửi lại các dòng sau lines_taken / send the lines after lines_taken again",
                       extras);
      };
  }
  if (!ended) {
    const auto complete = decoder->finish();
    if (!complete) {
      ended = [why = complete.error().message](const ProblemExtras& extras) {
        return problem(problems::kBadEncoding, why, extras);
      };
    } else if (const auto line = splitter.finish()) {
      take(*line);
    }
  }
  // Whatever ended the body, the complete lines before it count.
  const bool rest_taken = co_await upload->hand_on();
  co_await upload->finish();
  const auto& summary = upload->summary();
  if (!ended && (!rest_taken || summary.count(intake::Receipt::Outcome::kFailed) > 0)) ended = busy;
  if (!ended) co_return summary.answer();
  ProblemExtras extras;
  extras.members = fmt::format("\"lines_taken\":{},{}", upload->taken(), summary.members());
  auto response = ended(extras);
  response.headers.emplace_back("Dongbo-Position", summary.position().text());
  co_return response;
}

}  // namespace dongbo::service
