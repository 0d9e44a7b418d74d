// SPDX-License-Identifier: MIT
#include "diag/html_page.hpp"

#include "diag/escape.hpp"
#include "diag/html_assets.hpp"

namespace dectprov {

void append_html_head(std::string& out, std::string_view title) {
    out += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    // Texts of the files stand in this page: whatever slips through, nothing is fetched or sent.
    out += R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src )"
           "'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    append_markup(out, title);
    out += "</title>\n<style>";
    out += html_style;
    out += "</style>\n</head>\n<body>\n";
}

}  // namespace dectprov
