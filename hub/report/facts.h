#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/report/answers.h"
#include "hub/report/document.h"
#include "hub/report/reference.h"

// What one meeting's report is made from: the hub's answers of one position as typed facts, with names joined to codes and
// nothing computed that the answers do not imply. Plain values. Texts are in NFC and on one line; "" and nothing: not said.
namespace dongbo::report {

struct Counts {
  std::int64_t invited = 0;
  std::int64_t registered = 0;
  std::int64_t present = 0;     // still there
  std::int64_t checked_in = 0;  // came
  std::int64_t checked_out = 0;
  std::int64_t invited_headcount = 0;
  std::int64_t headcount = 0;
  std::int64_t absent_with_leave = 0;
  std::int64_t absent_without_leave = 0;  // 0 before the meeting is closed
  std::int64_t substitutes = 0;
  std::int64_t at_two_points = 0;
  std::int64_t not_invited = 0;
};

struct AgendaFacts {
  std::string title;
  std::string presenter;  // a body, not a person
  std::string starts_at;
  std::optional<std::int64_t> minutes;
};

struct MeetingFacts {
  std::string meeting;
  std::string title;
  std::string organiser;  // code
  std::string chair;      // a post, not a person
  std::string day;
  std::optional<Millis> starts_at;
  std::optional<Millis> ends_at;
  std::string mode;
  std::string place;
  std::string state;  // planned, opened, closed, cancelled
  std::optional<Millis> opened_at;
  std::optional<Millis> closed_at;
  std::string cancel_reason;
  std::string cancel_legal_act;
  std::vector<std::string> basis;
  std::vector<std::string> indexes;  // that the plan names; when it names none, the published ones that its title names
  std::vector<AgendaFacts> agenda;
  struct Moved {
    std::string from, to, reason, legal_act;
  };
  std::vector<Moved> rescheduled;
  bool planned = false;  // a plan is known
};

// A stretch without line at a point while the meeting was on. `until` is nothing when no later report says that the line
// was back.
struct LineFailure {
  Millis from;
  std::optional<Millis> until;
};

struct PointFacts {
  std::string point;
  std::string name;  // the code when no plan names it
  std::string level;
  std::string unit;
  std::string place;
  std::optional<std::int64_t> order;
  bool planned = false;
  Counts counts;
  bool attended = false;  // some fact of attendance names it
  std::string line, sound, picture, power;
  std::optional<Millis> readiness_time;
  std::vector<LineFailure> failures;
};

struct GroupFacts {
  std::string code;
  std::string name;
  Counts counts;
};

struct Arrival {
  Millis minute;
  std::int64_t checked_in = 0;
};

// A delegate whom a report names: absent, replaced, or to be looked at. `name`, `position`, `reason` and
// `substitute_name` are empty unless the facts were read with names.
struct DelegateFacts {
  std::string delegate;
  std::string name;
  std::string position;
  std::string state;  // absent_with_leave, absent_without_leave, replaced, …
  std::vector<std::string> points;
  std::vector<std::string> compositions;  // names
  std::vector<std::string> units;         // names
  std::string reason;
  std::string substitute;
  std::string substitute_name;
  std::vector<std::string> flags;
};

struct PaperFacts {
  std::string paper;
  std::string unit;   // name
  std::string title;  // or the topic asked for
  std::string index;
  std::string component;
  std::string state;  // requested, submitted, approved, presented
  std::string due;
  std::optional<Millis> submitted_at;
  std::optional<Millis> presented_at;
  std::optional<std::int64_t> order;
  std::optional<std::int64_t> minutes_spoken;
  std::int64_t requests = 0;
};

struct FeedbackFacts {
  std::string feedback;
  std::string from;  // group of the author, a label
  std::string index;
  std::string component;  // name
  std::string text;
  std::string state;  // submitted, routed, answered
  std::string to;     // name
  std::string due;
  std::string by;  // name
  std::string answer;
};

struct SurveyFacts {
  std::string survey;
  std::string index;
  std::string factor;  // name
  std::string scale;
  std::int64_t answers = 0;
  std::string mean;  // a decimal with two digits
};

struct BudgetFacts {
  std::string estimate;
  std::string state;  // estimated, appraised, returned, approved
  std::string total;  // a decimal
  std::string currency;
  std::string unit;       // that drew it up, a name
  std::string legal_act;  // of the approval
  struct Item {
    std::string item, amount, note;
  };
  std::vector<Item> items;
};

struct ScoreFacts {
  std::string component;  // "": the total
  std::string name;
  std::string score;  // a decimal, "": not known
  std::string max;    // a decimal, "": not known
  std::optional<std::int64_t> rank;
  std::optional<std::int64_t> rank_min, rank_max;
  std::optional<std::int64_t> population;  // of the rank
  std::string group;
  std::string quality;
  std::string origin;
  bool corrected = false;
  bool sub = false;  // a part of another component
  // The mean of all provinces' scores, when there are as many scores as the index ranks provinces; else "".
  std::string mean;
  std::int64_t mean_of = 0;  // how many scores it is made of
  bool below_mean = false;
};

struct IndexFacts {
  std::string index;
  std::string name;
  std::string unit_of_score;  // "point", "percent"
  std::int64_t year = 0;
  std::string method;
  std::string published_at;
  std::optional<ScoreFacts> total;
  std::vector<ScoreFacts> components;  // by code, numbers in their order; the last entries may be parts of components
  std::int64_t scores_known = 0;       // provinces with a total score
  struct Before {
    std::int64_t year = 0;
    std::string method;
    ScoreFacts total;
  };
  std::optional<Before> before;  // the year before of the same unit
};

struct ConclusionFacts {
  std::string conclusion;
  std::string title;
  std::string text;
  std::string index;
  std::string component;  // name
  std::string number;
  std::optional<Millis> issued_at;
};

struct CommitmentFacts {
  std::string commitment;
  std::string conclusion;
  std::string unit;  // name
  std::string task;
  std::string index;
  std::string component;  // name
  std::string target;
  std::string due;
  std::vector<std::string> supporting;  // names
  std::string state;                    // assigned, progressing, completed
  std::string percent;
};

struct SourceFacts {
  std::string source;
  std::optional<Millis> last_event_time;
  std::int64_t events = 0;           // of this source, in all meetings
  std::int64_t late = 0;             // journaled more than ten minutes after they happened
  std::int64_t ahead = 0;            // said to have happened more than ten minutes after they were journaled
  std::int64_t missing_count = 0;    // sequence numbers that did not come
  std::vector<std::string> missing;  // "41-43", the first of them
  bool simulated = false;
};

struct CorrectionFacts {
  std::string position;  // "1:42"
  Millis time;
  std::string kind;  // "attendance.corrected", "attendance.revoked", "index.corrected"
  std::string reason;
};

// What a meeting came to, by what is known of it and by no clock.
enum class Course {
  kAwaited,    // nothing tells that it was held
  kHeld,       // it was opened or closed, somebody came, or something came of it
  kCancelled,  // whatever came before
};

struct Facts {
  MeetingFacts meeting;
  std::string issuer;  // code of the body that reports
  std::string unit;    // whose indices are discussed
  Counts total;
  std::vector<PointFacts> points;        // province first, then by order and name
  std::vector<GroupFacts> compositions;  // in the order of the catalogue's codes as answered
  std::vector<GroupFacts> units;
  std::vector<Arrival> arrivals;         // ascending
  std::vector<DelegateFacts> absent;     // by unit and number
  std::vector<DelegateFacts> attention;  // present, and to be looked at
  bool attention_complete = true;
  std::vector<PaperFacts> papers;
  std::vector<FeedbackFacts> feedback;
  std::vector<SurveyFacts> surveys;
  std::int64_t survey_responses = 0;
  bool surveys_complete = true;  // false: more rows than an answer holds, the rest is not in `surveys`
  std::vector<BudgetFacts> budget;
  std::vector<IndexFacts> indexes;
  std::vector<ConclusionFacts> conclusions;
  std::vector<CommitmentFacts> commitments;
  std::vector<SourceFacts> sources;
  std::vector<CorrectionFacts> corrections;  // the first kCorrectionsListed
  std::map<std::string, std::int64_t> corrections_by_kind;
  bool provisional = false;  // some source has gaps; a matter of the position, not of how far the hub had come
  bool simulated = false;
  bool with_names = false;
  std::map<std::string, std::string> unit_names;  // of the codes that appear above
  std::map<std::string, std::string> unit_levels;
  // Of the frozen part.
  std::string position;
  std::string as_of;
  std::map<std::string, std::uint32_t> projections;
  bool closed() const { return meeting.state == "closed"; }
  Course course() const;
  bool held() const { return course() == Course::kHeld; }
};
inline constexpr std::size_t kCorrectionsListed = 200;

struct FactsRequest {
  std::string meeting;
  std::string issuer;  // code of the body that reports; "": the organiser
  bool with_names = false;
};

// Asks everything that is needed. Errors: kNotFound when nothing is known of the meeting; transient when the hub went on
// meanwhile (three times); fatal when an answer fails or a list is too long.
Result<Facts> read_facts(Answers& answers, const Reference& reference, const FactsRequest& request);

// The name of a code; the code itself when nobody knows it.
std::string name_of(const Facts& facts, const std::string& unit);

}  // namespace dongbo::report
