#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "hub/report/markup.h"
#include "hub/report/render.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

pugi::xml_document parsed(const Document& document) {
  pugi::xml_document xml;
  EXPECT_EQ(xml.load_string(render_metadata(document).c_str()).status, pugi::status_ok);
  return xml;
}

TEST(RenderMetadata, FillsWhatIsKnownAndLeavesTheRestToTheClerk) {
  const auto xml = parsed(testing::sample_document());
  const auto root = xml.child("Document");
  EXPECT_STREQ(root.child("TypeName").child_value(), "BÁO CÁO");
  EXPECT_STREQ(root.child("CodeNotation").child_value(), "BC-SNV");
  EXPECT_STREQ(root.child("OrganName").child_value(), "SỞ NỘI VỤ");
  EXPECT_STREQ(root.child("SignerInfo").child("Position").child_value(), "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC");
  for (const auto* const name : {"CodeNumber", "IssuedDate", "PageAmount", "Priority"}) {
    ASSERT_TRUE(root.child(name)) << name;
    EXPECT_STREQ(root.child(name).child_value(), "") << name;
  }
  EXPECT_STREQ(root.child("FileCode").child("OrganId").child_value(), "");
  EXPECT_STREQ(root.child("SignerInfo").child("FullName").child_value(), "");
}

TEST(RenderMetadata, TheAddresseeComesFirstAndCopiesForTheFilesAreNoRecipients) {
  const auto xml = parsed(testing::sample_document());
  std::vector<std::string> names;
  for (const auto& to : xml.child("Document").children("To")) names.emplace_back(to.child("OrganName").child_value());
  EXPECT_EQ(names, (std::vector<std::string>{"Ủy ban nhân dân tỉnh Quảng Nam", "Chủ tịch, các Phó Chủ tịch UBND tỉnh",
                                             "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố"}));
}

TEST(RenderMetadata, TextsStayWithinTheDecreesLengths) {
  auto document = testing::sample_document();
  document.letterhead.subject = std::string(600, 'x') + "&";
  document.letterhead.issuer = "";
  for (int i = 0; i < 300; ++i) document.letterhead.issuer += "Ệ";
  const auto xml = parsed(document);
  EXPECT_EQ(count_letters(xml.child("Document").child("Subject").child_value()), 500U);
  EXPECT_EQ(count_letters(xml.child("Document").child("OrganName").child_value()), 200U);
}

}  // namespace
}  // namespace dongbo::report
