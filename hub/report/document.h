#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// A report as data: what it says, in order, with its figures; how it looks is the renderers' affair. Made by compose.h from
// the answers of one position, rendered by render.h. Plain values: any thread, no invariants but those written here.
//
// All texts are UTF-8 in NFC, in Vietnamese, ready to print: numbers have their decimal comma, days are written out.
namespace dongbo::report {

// A figure of the report: the number behind the words. Ids are unique in a document and the same in every report of the
// same kind, so that two reports can be compared: "attendance.present", "attendance.dc-502.invited", "index.par_index.rank".
struct Figure {
  std::string id;
  std::string label;                 // what it is, for the table of differences: "Số đại biểu có mặt"
  std::string text;                  // as it is printed: "1.234", "80,91", "ngày 30 tháng 5 năm 2023"
  std::optional<std::string> value;  // a decimal number with a point, when it is a number: "1234", "80.91"
};

// A piece of a paragraph. `figure` names the Figure that this text prints; empty otherwise.
struct Run {
  std::string text;
  bool bold = false;
  bool italic = false;
  std::string figure;
};

struct Heading {
  int level = 1;       // 1: "I. …" in capitals and bold; 2: "1. …" bold; 3: "a) …"
  std::string number;  // "I.", "1.", "a)"
  std::string text;    // as it is printed
};

struct Paragraph {
  enum class Kind {
    kBody,        // justified, first line indented
    kLegalBasis,  // căn cứ: italic
    kItem,        // "- …": as kBody; the dash is in the text
    kNote,        // smaller and italic: provisional figures, sources
    kToWrite,     // a place that people fill in: "[Đơn vị soạn thảo bổ sung: …]", visibly marked
  };
  Kind kind = Kind::kBody;
  std::vector<Run> runs;
};

struct Column {
  std::string title;
  double width = 1;  // relative to the other columns
  enum class Align { kLeft, kCentre, kRight } align = Align::kLeft;
};

struct Cell {
  std::string text;                  // as it is printed
  std::optional<std::string> value;  // the number behind it, a decimal with a point: a number in a spreadsheet too
  std::string figure;                // the Figure it prints, or empty
};

// A row has as many cells as the table has columns.
struct Row {
  std::vector<Cell> cells;
  bool total = false;  // a sum: bold
};

struct Table {
  std::string id;       // unique in the document, also the name of its sheet: "diem_cau"
  std::string caption;  // "Bảng 1. Đại biểu theo điểm cầu"; empty: none
  std::vector<Column> columns;
  std::vector<Row> rows;  // its heading repeats on every page
  std::string if_empty;   // what stands there when it has no rows
};

struct Series {
  std::string name;
  std::vector<std::optional<double>> values;  // one a category; nullopt: not known
};

// A picture of numbers; the same numbers are also in a table of the document.
struct Chart {
  enum class Kind { kBars, kLine, kRadar };  // bars are horizontal when there are more than eight categories
  std::string id;
  Kind kind = Kind::kBars;
  std::string caption;      // "Hình 1. …"
  std::string alternative;  // what it shows, in a sentence or two
  std::string unit;         // of the values: "đại biểu", "%"
  std::vector<std::string> categories;
  std::vector<Series> series;
};

using Block = std::variant<Heading, Paragraph, Table, Chart>;

// Phụ lục, on a page of its own with pages numbered from 1.
struct Annex {
  std::string number;  // "I"; empty when it is the only one
  std::string title;   // in capitals: "TỔNG HỢP ĐẠI BIỂU THEO ĐIỂM CẦU"
  bool landscape = false;
  std::vector<Block> blocks;
};

// What stands above the text (Nghị định 30/2020/NĐ-CP, Phụ lục I).
struct Letterhead {
  std::string parent;     // cơ quan chủ quản: "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM"; empty: none
  std::string issuer;     // "SỞ NỘI VỤ"
  std::string symbol;     // what follows the number, which the clerk gives: "/BC-SNV"; empty: a paper without number
  std::string place;      // "Quảng Nam"; the day is left blank
  std::string type;       // "BÁO CÁO"
  std::string subject;    // trích yếu: "Kết quả tổ chức Hội nghị …"
  std::string addressee;  // "Ủy ban nhân dân tỉnh": "Kính gửi: …"; empty: none
};

// A place to sign: left empty, without a name.
struct Signature {
  std::vector<std::string> lines;  // {"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"}
};

// What a report was made of. The same gives the same bytes, on any machine, in every format.
struct Frozen {
  std::string meeting;
  std::string kind;  // "bao-cao", "thong-bao-ket-luan", "bien-ban"
  bool with_names = false;
  std::string position;  // "0:41,1:7"
  std::string as_of;     // when the hub recorded the last event of it: "2023-05-30T17:00:00.000+07:00"
  std::map<std::string, std::uint32_t> projections;  // name to version
  std::string sha256;                                // of the document's JSON with this member empty, hexadecimal
  std::string supplement_to;                         // the sha256 of the report that this one supplements, or empty
};

struct Document {
  Letterhead letterhead;
  std::vector<Block> body;
  std::vector<std::string> recipients;  // Nơi nhận, without dash and mark: "Như trên", …, "Lưu: VT, SNV"
  std::vector<Signature> signatures;    // one; minutes have two (secretary left, chair right)
  std::vector<Annex> annexes;
  std::vector<Figure> figures;
  Frozen frozen;
  bool simulated = false;  // some of it was made up for a trial: every page says "SỐ LIỆU MÔ PHỎNG"
};

}  // namespace dongbo::report
