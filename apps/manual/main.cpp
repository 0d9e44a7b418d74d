// SPDX-License-Identifier: MIT
// Writes the pages of the manual to a folder: dectprov_manual FOLDER "November 29, 2026". Runs when the
// program is built.
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

#include "man_page.hpp"

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: dectprov_manual FOLDER DATE\n";
        return 2;
    }
    try {
        for (const dectprov::ManPage& page : dectprov::man_pages(arguments[2])) {
            std::ofstream out(std::string(arguments[1]) + "/" + page.file, std::ios::binary);
            if (!(out << page.text).flush()) {
                std::cerr << "cannot write " << page.file << '\n';
                return 2;
            }
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
