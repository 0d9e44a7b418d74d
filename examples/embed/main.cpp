// What a program of yours does with dectprov: it asks what is wrong, which users there are, and for the
// files.
#include <dectprov/lint.hpp>
#include <dectprov/read.hpp>
#include <dectprov/render.hpp>

#include <exception>
#include <iostream>

int main(int count, char** arguments) try {
    if (count != 2) {
        std::cerr << "usage: embed SITE\n";
        return 2;
    }
    const std::string site = arguments[1];

    for (const auto& finding : dectprov::api::lint({site}).findings) {
        std::cout << finding.place.file << ':' << finding.place.line << ": " << finding.message << " ["
                  << finding.rule << "]\n";
    }
    for (const auto& server : dectprov::api::read({site}).servers) {
        std::cout << server.identity << " has " << server.users.size() << " users and "
                  << server.settings.size() << " settings\n";
    }
    const auto rendered = dectprov::api::render(site);
    for (const auto& file : rendered.files)
        std::cout << file.name << ", " << file.bytes.size() << " bytes" << (file.secret ? ", secret" : "")
                  << '\n';
    return rendered.bad || !rendered.failures.empty() ? 1 : 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
