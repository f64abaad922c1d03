#pragma once
#include <map>
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/report/document.h"

namespace dongbo::report {

// What a DOCX or XLSX that was made here says of itself, also after people have gone on writing in it.
struct OfficeFile {
  Frozen frozen;                               // meeting, kind, position, as_of, sha256, supplement_to; the rest is not in it
  std::map<std::string, std::string> figures;  // DOCX: what stands in the content controls, by figure id; as people left it
};

// Poison error: not such a file, or none of ours. No part is unpacked beyond 64 MiB. Pure; any thread.
Result<OfficeFile> read_office(std::string_view bytes);

}  // namespace dongbo::report
