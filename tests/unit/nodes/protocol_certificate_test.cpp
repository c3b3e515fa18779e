// What Go 1.21 says of broken certificates: one made by Go's own crypto/x509 for a client, and
// changes of single bytes of it.
#include "nodes/protocol/base64.h"
#include "nodes/protocol/certificate.h"

#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

std::string der() {
    return base64_decode(
               "MIIBmTCCAT+gAwIBAgIIF7+wF+aWzRUwCgYIKoZIzj0EAwIwNzE1MDMGA1UEAxMsYWthc2gxbWNxY3Jm"
               "MnlnMHVlZXBtbWpxN25xeWUzMmZlM2dyeTk4OWM3bXQwHhcNMjQwMzI0MTEzMzIwWhcNMjUwMzI0MTEz"
               "MzIwWjA3MTUwMwYDVQQDEyxha2FzaDFtY3FjcmYyeWcwdWVlcG1tanE3bnF5ZTMyZmUzZ3J5OTg5Yzdt"
               "dDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABI0B4mY97gzNFZh0kLHuXMRpA7hkPrjhQAViA+RyZkah"
               "fpsFrTxNXEEUqV56D3V3LUH5aZjtZ80pmudMcLhEGI6jNTAzMA4GA1UdDwEB/wQEAwIEMDATBgNVHSUE"
               "DDAKBggrBgEFBQcDAjAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0gAMEUCIQClUNsxbbU7B4bpjmwf"
               "RqlX9ZT2Cvx0lQVfUBt8i74rUgIgew2GI9AsZuYfOJsYLhfenWK0bD0ToI2A7IcaR5SvEyk=")
        .value();
}

std::string answer_after(std::size_t at, unsigned char byte) {
    std::string bytes = der();
    bytes.at(at) = static_cast<char>(byte);
    const auto parsed = parse_certificate(bytes);
    return parsed ? "ok" : parsed.error().text;
}

TEST(Certificate, OfAClientIsRead) {
    const auto parsed = parse_certificate(der());
    ASSERT_TRUE(parsed) << parsed.error().text;
    EXPECT_EQ(parsed->common_name, "akash1mcqcrf2yg0ueepmmjq7nqye32fe3gry989c7mt");
    EXPECT_EQ(serial_text(parsed->serial), "1711280000123456789");
}

TEST(Certificate, IsRefusedInTheWordsOfGo) {
    EXPECT_EQ(parse_certificate({}).error().text, "x509: malformed certificate");
    EXPECT_EQ(parse_certificate(der() + "x").error().text, "x509: trailing data");
    EXPECT_EQ(answer_after(12, 3), "x509: invalid version");
    EXPECT_EQ(answer_after(27, 0x80),
              "x509: inner and outer signature algorithm identifiers don't match");
    EXPECT_EQ(answer_after(43, 0x80), "x509: invalid RDNSequence: invalid attribute type");
    EXPECT_EQ(answer_after(46, 0x16), "ok");  // an IA5String does as well
    EXPECT_EQ(answer_after(46, 0x19),
              "x509: invalid RDNSequence: invalid attribute value: unsupported string type: 25");
    EXPECT_EQ(answer_after(98, '9'), "x509: malformed UTCTime");  // the 94th month
    EXPECT_EQ(answer_after(94, 0x19), "x509: unsupported time format");
    EXPECT_EQ(answer_after(203, 0x08), "x509: unsupported elliptic curve");
    EXPECT_EQ(answer_after(240, 0), "x509: failed to unmarshal elliptic curve point");
    EXPECT_EQ(answer_after(285, 1), "x509: malformed extension critical field");
    EXPECT_EQ(answer_after(288, 0x04), "x509: invalid key usage");
    EXPECT_EQ(answer_after(298, 15), "x509: certificate contains duplicate extensions");
    EXPECT_EQ(answer_after(325, 0x31), "x509: invalid basic constraints");
}

}  // namespace
}  // namespace nodes
