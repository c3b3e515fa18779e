#include "scenarios/engine/nearest.h"

#include <gtest/gtest.h>

namespace scenarios {
namespace {

TEST(Nearest, CountsSwappedNeighboursAsOneEdit) {
    EXPECT_EQ(edit_distance("tenants", "tenatns"), 1U);
    EXPECT_EQ(edit_distance("abc", "abc"), 0U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, NamesOnlyWhatCanHaveBeenMeant) {
    const std::vector<std::string> known{"providers", "tenants", "price"};
    EXPECT_EQ(nearest_name("providrs", known), "providers");
    EXPECT_EQ(nearest_name("prcie", known), "price");
    EXPECT_EQ(nearest_name("validators", known), "");
    EXPECT_EQ(did_you_mean("tenant", known), ", did you mean 'tenants'?");
    EXPECT_EQ(did_you_mean("zzz", known), "");
}

}  // namespace
}  // namespace scenarios
