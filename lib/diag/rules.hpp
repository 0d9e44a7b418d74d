// SPDX-License-Identifier: MIT
#pragma once

#include "diag/rule.hpp"

// The rules that readers, the binder and the loader report: declared here because those rooms do not know
// lib/rules, whose files hold the rows. `rule::value_type` is the row of `value/type`.
namespace dectprov::rule {

extern const Rule file_name, file_name_doubtful, file_identity, file_encoding, file_missing, file_orphan,
    file_empty, file_link, file_near_identity;
extern const Rule xml_malformed, xml_doctype, xml_root;
extern const Rule element_unknown, element_misplaced, element_not_for_model, element_duplicate,
    element_missing, element_attribute, element_text;
extern const Rule value_type, value_range, value_length, value_charset, value_charset_doubtful, value_format,
    value_choice, value_space;
extern const Rule model_conflict;
extern const Rule handset_version_not_bumped, handset_version_not_listed, handset_stale_settings,
    config_reverts_to_default;
extern const Rule ver_syntax, ver_duplicate_group, ver_group_file_missing, ver_group_not_listed;
extern const Rule firmware_ver_missing, firmware_ver_text, firmware_ver_form;
extern const Rule site_yaml, site_key, site_duplicate_server, site_reference, site_ambiguous_scalar,
    site_plain_secret, site_output_collision;
extern const Rule suppression_unused, suppression_unknown_rule, suppression_no_reason;
extern const Rule baseline_unused;
extern const Rule fleet_duplicate_ipei;
extern const Rule delivery_unreachable, delivery_missing, delivery_refused, delivery_differs,
    delivery_not_provisioning, delivery_certificate, delivery_redirect, delivery_listing, delivery_slow;

}  // namespace dectprov::rule
