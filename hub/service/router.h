#pragma once
#include "hub/service/admin_handler.h"
#include "hub/service/events_handler.h"
#include "hub/service/feed_handler.h"
#include "hub/service/metrics.h"
#include "hub/service/operations.h"
#include "hub/service/reading_handler.h"
#include "hub/service/report_handler.h"
#include "hub/service/static_files.h"

namespace dongbo::service {

// Which handler answers what, and with which methods. Owned by the Service; called on any IoThread.
class Router {
 public:
  struct Handlers {
    EventsHandler& events;
    ReadingHandler& reading;
    AdminHandler& admin;
    FeedHandler& feed;
    ReportHandler& reports;
    Operations& operations;
    const StaticFiles& files;
    asio::thread_pool& pool;
  };
  Router(Handlers handlers, Metrics& metrics) : handlers_(handlers), metrics_(metrics) {}

  Task<HttpResponse> answer(Exchange& exchange);

 private:
  struct Match;
  Match match(const HttpRequest& request) const;
  Match match_v1(const HttpRequest& request) const;
  Task<HttpResponse> perform(Exchange& exchange, const Match& match);

  const Handlers handlers_;
  Metrics& metrics_;
};

}  // namespace dongbo::service
