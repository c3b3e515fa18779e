#include "scenarios/engine/schema.h"

namespace scenarios {

namespace {

using sim::ColumnDef;
using sim::ColumnType;

ColumnDef whole(const char* name) {
    return {name, ColumnType::kInteger};
}

ColumnDef real(const char* name) {
    return {name, ColumnType::kReal};
}

ColumnDef text(const char* name) {
    return {name, ColumnType::kText};
}

std::vector<sim::TableDef> run_tables() {
    return {
        {"meta", {text("key"), text("value")}, ""},
        {"files", {text("path"), text("text")}, ""},
        {"accounts", {whole("id"), text("address")}, "PRIMARY KEY (id)"},
        {"agents",
         {text("kind"),
          whole("number"),
          text("name"),
          text("group_name"),
          whole("account"),
          text("region"),
          whole("joined_ns")},
         ""},
        {"blocks",
         {whole("height"),
          whole("time_ns"),
          whole("unix_seconds"),
          text("proposer"),
          whole("transactions"),
          whole("failed"),
          whole("gas_used")},
         "PRIMARY KEY (height)"},
        {"digests",
         {whole("height"),
          whole("kernel"),
          whole("chain"),
          whole("market"),
          whole("providers"),
          whole("tenants")},
         "PRIMARY KEY (height)"},
        {"transactions",
         {whole("height"),
          whole("position"),
          whole("signer"),
          text("action"),
          whole("code"),
          text("codespace"),
          text("log"),
          whole("gas_wanted"),
          whole("gas_used"),
          whole("fee")},
         ""},
        {"series", {text("name"), whole("time_ns"), real("value")}, ""},
        {"actions", {whole("time_ns"), text("text")}, ""},
        {"checks", {text("title"), whole("held"), text("found"), text("place")}, ""},
        {"inputs", {whole("number"), whole("time_ns"), text("kind"), text("content")}, ""},
    };
}

std::vector<sim::TableDef> market_tables() {
    return {
        {"deployments",
         {whole("id"), whole("owner"), whole("dseq"), whole("height"), whole("time_ns")},
         ""},
        {"deployment_ends", {whole("id"), whole("height"), whole("time_ns")}, ""},
        {"orders",
         {whole("id"),
          whole("deployment"),
          whole("owner"),
          whole("dseq"),
          whole("gseq"),
          whole("oseq"),
          whole("height"),
          whole("time_ns"),
          text("denom"),
          real("max_price"),
          whole("cpu_milli"),
          whole("memory"),
          whole("storage"),
          whole("gpus"),
          text("gpu_model")},
         ""},
        {"order_ends", {whole("id"), whole("height"), whole("time_ns")}, ""},
        {"bids",
         {whole("id"),
          whole("order_id"),
          whole("provider"),
          whole("height"),
          whole("time_ns"),
          text("denom"),
          real("price"),
          text("gpu_model")},
         ""},
        {"bid_ends", {whole("id"), whole("height"), whole("time_ns")}, ""},
        {"answers",
         {whole("order_id"),
          whole("provider"),
          whole("time_ns"),
          whole("reason"),
          whole("subject"),
          whole("wanted"),
          whole("had")},
         ""},
        {"leases",
         {whole("id"),
          whole("order_id"),
          whole("owner"),
          whole("provider"),
          whole("height"),
          whole("time_ns"),
          text("denom"),
          real("price"),
          text("gpu_model")},
         ""},
        {"reasons", {whole("id"), text("text")}, "PRIMARY KEY (id)"},
        {"subjects", {whole("id"), text("text")}, "PRIMARY KEY (id)"},
        {"lease_ends", {whole("id"), whole("height"), whole("time_ns")}, ""},
        {"settlements",
         {whole("lease_id"),
          whole("height"),
          whole("time_ns"),
          text("denom"),
          whole("gross"),
          whole("fee")},
         ""},
    };
}

}  // namespace

std::vector<sim::TableDef> recording_tables() {
    std::vector<sim::TableDef> out = run_tables();
    for (sim::TableDef& table : market_tables())
        out.push_back(std::move(table));
    return out;
}

std::vector<std::string> recording_views() {
    return {
        "CREATE VIEW v_orders AS SELECT o.id, a.address AS owner, o.dseq, o.gseq, o.oseq, "
        "o.height, o.time_ns / 1e9 AS time_s, o.denom, o.max_price, o.cpu_milli, o.memory, "
        "o.storage, o.gpus, o.gpu_model, e.height AS closed_height, "
        "(SELECT count(*) FROM bids b WHERE b.order_id = o.id) AS bids, "
        "l.id AS lease_id, l.price AS lease_price "
        "FROM orders o JOIN accounts a ON a.id = o.owner "
        "LEFT JOIN order_ends e ON e.id = o.id LEFT JOIN leases l ON l.order_id = o.id",
        "CREATE VIEW v_bids AS SELECT b.id, b.order_id, p.name AS provider, a.address, b.height, "
        "b.time_ns / 1e9 AS time_s, b.denom, b.price, b.gpu_model, e.height AS closed_height, "
        "l.id IS NOT NULL AS won, "
        "(SELECT r.text FROM answers n JOIN reasons r ON r.id = n.reason "
        "WHERE n.order_id = b.order_id AND n.provider = b.provider "
        "ORDER BY n.time_ns DESC LIMIT 1) AS reason "
        "FROM bids b JOIN accounts a ON a.id = b.provider "
        "LEFT JOIN agents p ON p.account = b.provider "
        "LEFT JOIN bid_ends e ON e.id = b.id LEFT JOIN leases l ON l.id = b.id",
        "CREATE VIEW v_leases AS SELECT l.id, l.order_id, t.name AS tenant, p.name AS provider, "
        "l.height, l.time_ns / 1e9 AS time_s, e.height AS closed_height, "
        "e.time_ns / 1e9 AS closed_s, l.denom, l.price, l.gpu_model, o.cpu_milli, o.memory, "
        "o.storage, o.gpus, "
        "(SELECT coalesce(sum(s.gross), 0) FROM settlements s WHERE s.lease_id = l.id) AS paid, "
        "(SELECT coalesce(sum(s.fee), 0) FROM settlements s WHERE s.lease_id = l.id) AS fees "
        "FROM leases l JOIN orders o ON o.id = l.order_id "
        "LEFT JOIN agents t ON t.account = l.owner LEFT JOIN agents p ON p.account = l.provider "
        "LEFT JOIN lease_ends e ON e.id = l.id",
        "CREATE VIEW v_answers AS SELECT n.order_id, p.name AS provider, "
        "n.time_ns / 1e9 AS time_s, r.text AS reason, s.text AS subject, n.wanted, n.had "
        "FROM answers n JOIN reasons r ON r.id = n.reason JOIN subjects s ON s.id = n.subject "
        "LEFT JOIN agents p ON p.account = n.provider",
        "CREATE VIEW v_settlements AS SELECT s.lease_id, s.height, s.time_ns / 1e9 AS time_s, "
        "t.name AS tenant, p.name AS provider, s.denom, s.gross, s.fee, "
        "s.gross - s.fee AS earned FROM settlements s "
        "LEFT JOIN leases l ON l.id = s.lease_id LEFT JOIN agents t ON t.account = l.owner "
        "LEFT JOIN agents p ON p.account = l.provider",
        "CREATE VIEW v_transactions AS SELECT t.height, b.time_ns / 1e9 AS time_s, t.position, "
        "a.address AS signer, g.name AS agent, t.action, t.code, t.codespace, t.log, "
        "t.gas_wanted, t.gas_used, t.fee FROM transactions t "
        "JOIN accounts a ON a.id = t.signer LEFT JOIN blocks b ON b.height = t.height "
        "LEFT JOIN agents g ON g.account = t.signer",
        "CREATE VIEW v_series AS SELECT name, time_ns / 1e9 AS time_s, "
        "time_ns / 86400e9 AS day, value FROM series",
    };
}

std::vector<std::string> recording_indexes() {
    return {
        "CREATE INDEX i_orders ON orders (id)",
        "CREATE INDEX i_order_ends ON order_ends (id)",
        "CREATE INDEX i_bids_order ON bids (order_id)",
        "CREATE INDEX i_bid_ends ON bid_ends (id)",
        "CREATE INDEX i_answers ON answers (order_id, provider)",
        "CREATE INDEX i_leases ON leases (id)",
        "CREATE INDEX i_leases_order ON leases (order_id)",
        "CREATE INDEX i_lease_ends ON lease_ends (id)",
        "CREATE INDEX i_settlements ON settlements (lease_id)",
        "CREATE INDEX i_agents ON agents (account)",
        "CREATE INDEX i_transactions ON transactions (height)",
        "CREATE INDEX i_series ON series (name, time_ns)",
    };
}

}  // namespace scenarios
