#pragma once
#include <string>
#include <vector>

#include "hub/report/document.h"

// The form of an administrative paper (Nghị định 30/2020/NĐ-CP, Phụ lục I): measures and fixed words, used by every renderer
// that shows pages. Where the decree leaves a range, the choice is here. Plain values and pure functions: any thread.
namespace dongbo::report::form {

// Page, in millimetres. A4; the decree: top and bottom 20-25, left 30-35, right 15-20.
inline constexpr double kPageWidth = 210;
inline constexpr double kPageHeight = 297;
inline constexpr double kMarginTop = 20;
inline constexpr double kMarginBottom = 20;
inline constexpr double kMarginLeft = 30;
inline constexpr double kMarginRight = 20;
inline constexpr double kTextWidth = kPageWidth - kMarginLeft - kMarginRight;
inline constexpr double kTextWidthLandscape = kPageHeight - kMarginLeft - kMarginRight;
inline constexpr double kFirstLine = 12.7;
inline constexpr double kTitleWidth = 140;                         // a title is narrower than the text
inline constexpr double kTitleShare = 0.875;                       // the same of an annex's width
inline constexpr double kAgencyWidth = 67;                         // the letterhead's left half
inline constexpr double kNationWidth = kTextWidth - kAgencyWidth;  // and its right half

// Sizes of letters, in points.
inline constexpr double kAgencySize = 12;      // 12-13
inline constexpr double kCountrySize = 12;     // 12-13
inline constexpr double kMottoSize = 13;       // 13-14
inline constexpr double kNumberSize = 13;      // 13
inline constexpr double kDateSize = 13;        // 13-14, italic
inline constexpr double kTypeSize = 14;        // 13-14, bold
inline constexpr double kBodySize = 14;        // 13-14
inline constexpr double kPageNumberSize = 13;  // 13-14
inline constexpr double kRecipientsHead = 12;  // 12, bold and italic
inline constexpr double kRecipientsSize = 11;  // 11
inline constexpr double kSignatureSize = 14;   // 13-14, bold
inline constexpr double kTableSize = 12;       // tables are not ruled on
inline constexpr double kNoteSize = 12;
inline constexpr double kParagraphGap = 6;    // at least 6
inline constexpr double kLineSpacing = 1.15;  // single to 1.5
inline constexpr double kLineShare = 0.4;     // a line under a name: a third to a half of it

inline constexpr const char* kCountry = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
inline constexpr const char* kMotto = "Độc lập - Tự do - Hạnh phúc";
inline constexpr const char* kRecipientsWord = "Nơi nhận:";
inline constexpr const char* kAddresseeWord = "Kính gửi: ";
inline constexpr const char* kSimulatedMark = "SỐ LIỆU MÔ PHỎNG";
inline constexpr const char* kEmptyTable = "Không có dữ liệu.";

// "Số:        /BC-SNV", the number left to the clerk; empty for a paper without symbol.
std::string number_line(const Letterhead& letterhead);
// "Quảng Nam, ngày     tháng     năm     "; empty without place.
std::string date_line(const Letterhead& letterhead);
// "- Như trên;" … "- Lưu: VT, SNV."
std::vector<std::string> recipient_lines(const Document& document);
// "Phụ lục II"
std::string annex_name(const Annex& annex);
// "(Kèm theo văn bản số      /BC-SNV ngày     tháng     năm     )": electronic papers leave it unfilled.
std::string annex_reference(const Letterhead& letterhead);
// "Báo cáo kết quả …" for file properties: type and subject in one line.
std::string title_of(const Document& document);
// The heading with its number: "1. Thành phần".
std::string heading_text(const Heading& heading);
// What an empty table says.
std::string empty_text(const Table& table);

}  // namespace dongbo::report::form
