#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/report/document.h"

// The document's own form: JSON with its members in a fixed order and without anything of the clock or the machine. Its
// SHA-256 (of the text with frozen.sha256 empty) names the document. Pure; any thread.
namespace dongbo::report {

// Hexadecimal, over render_json with frozen.sha256 empty.
std::string digest_of(const Document& document);
void seal(Document& document);             // sets frozen.sha256
bool is_sealed(const Document& document);  // does frozen.sha256 hold?

inline constexpr std::size_t kDocumentBytesMax = 256u << 20;

// A document back from render_json. Poison error (with the member) when it is not one; the seal is not checked.
Result<Document> read_json(std::string_view json);

}  // namespace dongbo::report
