// SPDX-License-Identifier: MIT
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "../leak_search.hpp"
#include "../lint_texts.hpp"
#include "../program_properties.hpp"

using namespace dectprov;

namespace {

// Numbers from the bytes of an input, two a number; 0 behind its end.
class Choices {
public:
    Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

    std::size_t below(std::size_t end) {
        std::size_t number = 0;
        for (int i = 0; i < 2; ++i) number = number << 8U | (at_ < size_ ? data_[at_++] : 0U);
        return number % end;
    }

private:
    const std::uint8_t* data_;
    std::size_t size_;
    std::size_t at_ = 0;
};

}  // namespace

// The whole program over a valid tree with a planted secret, one file of which is edited: whatever the edit
// is, the properties of the program hold, and nothing that it prints holds the secret.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<leak::Seed> seeds = leak::seeds(DECTPROV_ROOT "/examples");
    static program_properties::Program program;
    static const std::array<std::vector<std::string>, 4> ways{
        {{"--users", "yaml"}, {"--tables"}, {"--lift"}, {"--by-server", "--users", "csv"}}};

    Choices choices(data, size);
    leak::Damage damage([&](std::size_t end) { return choices.below(end); });
    const leak::Seed& seed = seeds[damage.below(seeds.size())];
    // One of the properties at a time, since each takes as long as many inputs of other targets.
    constexpr std::size_t parts = 5;
    const std::size_t choice = damage.below(parts * ways.size());
    lint_texts::NamedTexts files = seed.others;
    files.emplace_back(seed.name, damage.of(seed));

    program.lay_out(files);
    switch (choice % parts) {
        case 0:
            program.lint();
            break;
        case 1:
            program.compare();
            break;
        case 2:
            program.render();
            break;
        case 3:
            program.mend();
            break;
        default:
            program.import_and_render(ways[choice / parts]);
    }
    if (!leak::leak_in(program.shown()).empty()) program.fail("the secret is shown");
    return 0;
}
