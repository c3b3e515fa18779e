// The table of error numbers against the real node's own, where this checkout has its recordings.
#include "nodes/protocol/errors.h"
#include "tests/support/vector_file.h"

#include <gtest/gtest.h>

namespace {

TEST(RegisteredErrors, HaveNoRowMoreThanTheRealTable) {
    const auto path = test_support::shared_vector(ORRERY_SOURCE_DIR, "errors.json");
    if (path.empty()) GTEST_SKIP() << "no recorded cases here";
    test_support::VectorFile file(path);
    const auto table = file.next();
    ASSERT_TRUE(table);
    EXPECT_EQ(nodes::registered_errors().size(), table->at("errors").size());
}

}  // namespace
