// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule value_type{
    .id = "value/type",
    .severity = Severity::error,
    .summary = "not a boolean, or not an integer",
    .why =
        "A boolean is written exactly as true or false, a number in digits. With any other text the setting "
        "does not get the intended value.",
    .origin = "guide line 622-660, 1939; reference examples throughout",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <disabled>«yes»</disabled>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <disabled>true</disabled>
  </user>
</users>
)"};

constexpr Rule value_range{
    .id = "value/range",
    .severity = Severity::error,
    .summary = "a number outside its limits",
    .why =
        "The guide states the limits of this number. No source says what a server does with a number outside "
        "them.",
    .origin = "guide line 1927, 1948, 1949",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <configgroup>«10000»</configgroup>
    <username>9997</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <configgroup>1000</configgroup>
    <username>9997</username>
  </user>
</users>
)"};

constexpr Rule value_length{
    .id = "value/length",
    .severity = Severity::error,
    .summary = "more characters than the field takes",
    .why =
        "The guide states how long names, numbers and passwords may be. No source says what a server does "
        "with a longer one; a name that is cut off would not register.",
    .origin = "guide line 1928, 1930-1938, 1947",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <localno>«4711471147114»</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <localno>471147114711</localno>
  </user>
</users>
)"};

constexpr Rule value_charset{
    .id = "value/charset",
    .severity = Severity::error,
    .summary = "a character that the field does not take",
    .why =
        "A SIP name may have letters, digits and a few other characters, an access code only digits. With "
        "another character the user cannot register, or the handset cannot subscribe.",
    .origin = "guide line 1928, 1930-1937; RFC 3261, section 25.1",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>ward«#»7</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>ward-7</username>
  </user>
</users>
)"};

constexpr Rule value_charset_doubtful{
    .id = "value/charset-doubtful",
    .severity = Severity::warning,
    .summary = "an apostrophe in a SIP name",
    .why =
        "RFC 3261 and two public manuals allow it, but it is not in the list of characters of the "
        "provisioning guide. It is not known whether a server accepts it.",
    .origin = "guide line 1930-1937; RFC 3261, section 25.1",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>o«'»neill</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>oneill</username>
  </user>
</users>
)"};

constexpr Rule value_format{
    .id = "value/format",
    .severity = Severity::error,
    .summary = "a value that does not have the format of its field",
    .why =
        "Handset identities, line identifiers, addresses, times and device names have a fixed format. A "
        "value in another format does not identify a handset, a line or a server.",
    .origin = "guide line 1926, 1940, 1950, 1176-1181",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <ipei>«00077 000011»</ipei>
    <username>9997</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <ipei>00077 0000011</ipei>
    <username>9997</username>
  </user>
</users>
)"};

constexpr Rule value_choice{
    .id = "value/choice",
    .severity = Severity::error,
    .summary = "not one of the values that the field takes",
    .why =
        "The field takes a short list of words. No source says what a server does with another word, so the "
        "setting may not get the intended value.",
    .origin = "guide line 759, 1175, 1182, 1944",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <check_sync>«updates»</check_sync>
      <interval>60</interval>
    </check>
  </provisioning>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <check_sync>update</check_sync>
      <interval>60</interval>
    </check>
  </provisioning>
</config>
)"};

constexpr Rule value_space{
    .id = "value/space",
    .severity = Severity::warning,
    .summary = "white space around a value",
    .why =
        "No source says whether a server removes the space. If it does not, the name has one character more "
        "than it seems to have, and nobody can see the difference in a list.",
    .origin =
        "guide line 1925-1951: no value has any; a licence key on its own line does (guide line 1827-1829)",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <displayname>« »Ole</displayname>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Ole</displayname>
  </user>
</users>
)"};

}  // namespace rule

std::span<const Rule* const> value_rules() {
    static constexpr const Rule* rows[] = {&rule::value_type,
                                           &rule::value_range,
                                           &rule::value_length,
                                           &rule::value_charset,
                                           &rule::value_charset_doubtful,
                                           &rule::value_format,
                                           &rule::value_choice,
                                           &rule::value_space};
    return rows;
}

}  // namespace dectprov
