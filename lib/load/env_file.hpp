// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace dectprov {

// The name of a variable of the environment: letters, digits and '_', and no digit first.
bool is_environment_name(std::string_view name);

// What stands in files of variables, for the references `${env:NAME}` of descriptions: lines of NAME=VALUE,
// as `import` writes them and as a shell or a container runtime reads them.
class EnvFiles {
public:
    // Adds a file; what it gives again counts. Throws Failure, with the place, for a line that is none: never
    // with what stands in it, which may be a secret.
    void add(const std::string& path, std::string_view text);

    [[nodiscard]] bool is_empty() const { return values_.empty(); }
    // Null where no file gives it.
    [[nodiscard]] const char* find(std::string_view name) const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace dectprov
