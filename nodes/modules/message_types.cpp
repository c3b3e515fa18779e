#include "nodes/modules/message_types.h"

#include <algorithm>
#include <array>

namespace nodes {
namespace {

// Message services registered by akash v0.30.0: its own modules, cosmos-sdk v0.45.16, ibc-go
// v4.4.2.
constexpr std::array<std::string_view, 62> kTypes{
    "/akash.audit.v1beta3.MsgDeleteProviderAttributes",
    "/akash.audit.v1beta3.MsgSignProviderAttributes",
    "/akash.cert.v1beta3.MsgCreateCertificate",
    "/akash.cert.v1beta3.MsgRevokeCertificate",
    "/akash.deployment.v1beta3.MsgCloseDeployment",
    "/akash.deployment.v1beta3.MsgCloseGroup",
    "/akash.deployment.v1beta3.MsgCreateDeployment",
    "/akash.deployment.v1beta3.MsgDepositDeployment",
    "/akash.deployment.v1beta3.MsgPauseGroup",
    "/akash.deployment.v1beta3.MsgStartGroup",
    "/akash.deployment.v1beta3.MsgUpdateDeployment",
    "/akash.market.v1beta4.MsgCloseBid",
    "/akash.market.v1beta4.MsgCloseLease",
    "/akash.market.v1beta4.MsgCreateBid",
    "/akash.market.v1beta4.MsgCreateLease",
    "/akash.market.v1beta4.MsgWithdrawLease",
    "/akash.provider.v1beta3.MsgCreateProvider",
    "/akash.provider.v1beta3.MsgDeleteProvider",
    "/akash.provider.v1beta3.MsgUpdateProvider",
    "/cosmos.authz.v1beta1.MsgExec",
    "/cosmos.authz.v1beta1.MsgGrant",
    "/cosmos.authz.v1beta1.MsgRevoke",
    "/cosmos.bank.v1beta1.MsgMultiSend",
    "/cosmos.bank.v1beta1.MsgSend",
    "/cosmos.crisis.v1beta1.MsgVerifyInvariant",
    "/cosmos.distribution.v1beta1.MsgFundCommunityPool",
    "/cosmos.distribution.v1beta1.MsgSetWithdrawAddress",
    "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
    "/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission",
    "/cosmos.evidence.v1beta1.MsgSubmitEvidence",
    "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
    "/cosmos.feegrant.v1beta1.MsgRevokeAllowance",
    "/cosmos.gov.v1beta1.MsgDeposit",
    "/cosmos.gov.v1beta1.MsgSubmitProposal",
    "/cosmos.gov.v1beta1.MsgVote",
    "/cosmos.gov.v1beta1.MsgVoteWeighted",
    "/cosmos.slashing.v1beta1.MsgUnjail",
    "/cosmos.staking.v1beta1.MsgBeginRedelegate",
    "/cosmos.staking.v1beta1.MsgCreateValidator",
    "/cosmos.staking.v1beta1.MsgDelegate",
    "/cosmos.staking.v1beta1.MsgEditValidator",
    "/cosmos.staking.v1beta1.MsgUndelegate",
    "/cosmos.vesting.v1beta1.MsgCreateVestingAccount",
    "/ibc.applications.transfer.v1.MsgTransfer",
    "/ibc.core.channel.v1.MsgAcknowledgement",
    "/ibc.core.channel.v1.MsgChannelCloseConfirm",
    "/ibc.core.channel.v1.MsgChannelCloseInit",
    "/ibc.core.channel.v1.MsgChannelOpenAck",
    "/ibc.core.channel.v1.MsgChannelOpenConfirm",
    "/ibc.core.channel.v1.MsgChannelOpenInit",
    "/ibc.core.channel.v1.MsgChannelOpenTry",
    "/ibc.core.channel.v1.MsgRecvPacket",
    "/ibc.core.channel.v1.MsgTimeout",
    "/ibc.core.channel.v1.MsgTimeoutOnClose",
    "/ibc.core.client.v1.MsgCreateClient",
    "/ibc.core.client.v1.MsgSubmitMisbehaviour",
    "/ibc.core.client.v1.MsgUpdateClient",
    "/ibc.core.client.v1.MsgUpgradeClient",
    "/ibc.core.connection.v1.MsgConnectionOpenAck",
    "/ibc.core.connection.v1.MsgConnectionOpenConfirm",
    "/ibc.core.connection.v1.MsgConnectionOpenInit",
    "/ibc.core.connection.v1.MsgConnectionOpenTry",
};

}  // namespace

bool is_message_type(std::string_view type_url) {
    return std::binary_search(kTypes.begin(), kTypes.end(), type_url);
}

}  // namespace nodes
