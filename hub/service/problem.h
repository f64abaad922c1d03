#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/event/fault.h"
#include "hub/service/exchange.h"

namespace dongbo::service {

// Kinds of answers that are not what was asked for (RFC 9457). Titles are Vietnamese first, English beside it.
struct ProblemKind {
  unsigned status;
  std::string_view name;  // type = urn:dongbo:problem:<name>
  std::string_view title;
};

namespace problems {
inline constexpr ProblemKind kBadRequest{400, "bad-request", "Yêu cầu không đọc được / The request cannot be read"};
inline constexpr ProblemKind kBadEncoding{400, "bad-encoding", "Nội dung nén bị hỏng / The compressed body is damaged"};
inline constexpr ProblemKind kForeignOrigin{403, "foreign-origin",
                                            "Không nhận lệnh từ trang khác / Orders from another site are not taken"};
inline constexpr ProblemKind kNamesNotAllowed{403, "names-not-allowed",
                                              "Không được xem họ tên qua đường này / Names are not given this way"};
inline constexpr ProblemKind kNotFound{404, "not-found", "Không tìm thấy / Not found"};
inline constexpr ProblemKind kMethod{405, "method-not-allowed",
                                     "Phương thức không dùng được ở đây / The method is not allowed here"};
inline constexpr ProblemKind kIdle{408, "body-timeout", "Nội dung đến quá chậm / The body came too slowly"};
inline constexpr ProblemKind kHeaderIdle{408, "header-timeout",
                                         "Phần đầu yêu cầu đến quá chậm / The request header came too slowly"};
inline constexpr ProblemKind kConflict{409, "conflict",
                                       "Trùng nguồn và mã nhưng khác nội dung / Same source and id, other content"};
inline constexpr ProblemKind kBusyWith{409, "already-running", "Việc này đang chạy / This is running already"};
inline constexpr ProblemKind kNotRunning{409, "not-running", "Việc này không chạy / This is not running"};
inline constexpr ProblemKind kSettled{409, "already-settled", "Mục này đã được xử lý / This entry is already settled"};
inline constexpr ProblemKind kLengthRequired{411, "length-required", "Thiếu độ dài nội dung / The length of the body is missing"};
inline constexpr ProblemKind kTooLarge{413, "too-large", "Nội dung quá lớn / The body is too large"};
inline constexpr ProblemKind kMediaType{415, "unsupported-media-type",
                                        "Kiểu nội dung không được nhận / The content type is not taken"};
inline constexpr ProblemKind kEncoding{415, "unsupported-encoding",
                                       "Kiểu nén không được nhận / The content encoding is not taken"};
inline constexpr ProblemKind kInvalid{422, "invalid", "Dữ liệu không hợp lệ / The data is not valid"};
inline constexpr ProblemKind kUnreadable{422, "unreadable", "Sự kiện không đọc được / The event cannot be read"};
inline constexpr ProblemKind kUnknownType{422, "unknown-type", "Loại sự kiện chưa biết / The event type is not known"};
inline constexpr ProblemKind kHeaderTooLarge{431, "header-too-large",
                                             "Phần đầu yêu cầu quá lớn / The request header is too large"};
inline constexpr ProblemKind kFailed{500, "failed", "Lỗi bên trong / Something failed inside"};
inline constexpr ProblemKind kBusy{503, "busy", "Hệ thống đang bận, hãy gửi lại / The hub is busy, send again"};
inline constexpr ProblemKind kNotReached{503, "position-not-reached",
                                         "Chưa đồng bộ tới vị trí yêu cầu / The position asked for is not reached yet"};
inline constexpr ProblemKind kStopping{503, "stopping", "Hệ thống đang dừng / The hub is stopping"};
}  // namespace problems

struct ProblemExtras {
  std::vector<event::Fault> errors;
  std::string members;  // further members as JSON text, without the comma before them: "\"outcome\":\"conflict\""
};

std::string problem_body(const ProblemKind& kind, std::string_view detail, const ProblemExtras& extras = {});
// 503 answers carry Retry-After: 1.
HttpResponse problem(const ProblemKind& kind, std::string_view detail, const ProblemExtras& extras = {});

// 422 for one parameter.
HttpResponse invalid_parameter(std::string pointer, std::string detail);
// 422 when the request has a parameter that is not among these.
std::optional<HttpResponse> unknown_parameter(const HttpRequest& request, std::initializer_list<std::string_view> known);

void append_faults(std::string& out, const std::vector<event::Fault>& faults);  // [{"pointer":…,"detail":…},…]

}  // namespace dongbo::service
