// SPDX-License-Identifier: MIT
#include "diag/format.hpp"
#include "diag/header_line.hpp"
#include "diag/sink.hpp"

namespace dectprov {

void print_compact(std::ostream& out, const Results& results, const PrintOptions& options) {
    Sink sink(out);
    for (const Finding& finding : results.findings) {
        append_header(sink.text, finding, options.color);
        sink.text += '\n';
        sink.pass_on();
    }
    sink.flush();
}

}  // namespace dectprov
