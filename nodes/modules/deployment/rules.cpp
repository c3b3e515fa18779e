#include "nodes/modules/deployment/rules.h"

#include "nodes/protocol/errors.h"

#include <set>
#include <string_view>

namespace nodes::deployment {

sim::Status may_close(GroupState state) {
    if (state == GroupState::kClosed) return refusal(errors::kDeploymentGroupClosed);
    return sim::ok();
}

sim::Status may_pause(GroupState state) {
    if (state == GroupState::kClosed) return refusal(errors::kDeploymentGroupClosed);
    if (state == GroupState::kPaused) return refusal(errors::kDeploymentGroupPaused);
    return sim::ok();
}

sim::Status may_start(GroupState state) {
    if (state == GroupState::kClosed) return refusal(errors::kDeploymentGroupClosed);
    if (state == GroupState::kOpen) return refusal(errors::kDeploymentGroupOpen);
    return sim::ok();
}

sim::Status check_groups(const std::vector<GroupSpecRef>& groups, const Names& names) {
    std::set<std::string_view> seen;
    const Denom first = groups.front()->resources.front().price.denom;
    for (const GroupSpecRef& group : groups) {
        const Denom denom = group->resources.front().price.denom;
        if (denom != first) {
            return unregistered("Invalid groups: inconsistent denomination: " +
                                names.denoms.text(first) + " != " + names.denoms.text(denom));
        }
        if (!seen.insert(group->name).second) {
            return unregistered("Invalid groups: duplicate deployment group name \"" + group->name +
                                "\"");
        }
    }
    return sim::ok();
}

}  // namespace nodes::deployment
