#pragma once
#include <memory>
#include <vector>

#include "hub/event/codec.h"
#include "hub/intake/intake.h"
#include "hub/service/exchange.h"
#include "hub/service/http_server.h"
#include "hub/service/metrics.h"

namespace dongbo::service {

// POST /v1/events: one event (structured or binary), an array of events, or NDJSON that is taken while it streams in.
//
// Each IoThread has a codec of its own. NDJSON and arrays go to the intake in chunks of up to 512 events, at most four on
// their way at a time, so memory is bounded whatever the body's length; receipts are collected in order. Under
// back-pressure the upload waits, then ends with 503 and says how many lines were taken. What was taken stays taken: a
// client sends the rest, or everything again.
//
// Owned by the Service; called on any IoThread. The intake must outlive it.
class EventsHandler {
 public:
  EventsHandler(std::size_t threads, const event::SchemaSet& schemas, intake::Intake& intake, HttpLimits limits,
                Metrics& metrics);
  ~EventsHandler();

  Task<HttpResponse> answer(Exchange& exchange);

 private:
  struct Whole;
  struct Kind;

  Task<HttpResponse> one(Exchange& exchange, const Kind& kind);
  Task<HttpResponse> batch(Exchange& exchange, const Kind& kind);
  Task<HttpResponse> lines(Exchange& exchange, const Kind& kind);
  Task<Whole> read_whole(Exchange& exchange, const Kind& kind, std::uint64_t bytes_max);
  event::Decoded decode_binary(Exchange& exchange, std::string_view data);
  HttpResponse counted(Exchange& exchange, const intake::Receipt& receipt);

  const event::SchemaSet& schemas_;
  intake::Intake& intake_;
  const HttpLimits limits_;
  Metrics& metrics_;
  std::vector<event::Codec> codecs_;  // one an IoThread
};

}  // namespace dongbo::service
