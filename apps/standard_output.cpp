// SPDX-License-Identifier: MIT
#include "standard_output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace dectprov {

OutputBuffer::OutputBuffer(int descriptor) : descriptor_(descriptor) {
    constexpr std::size_t size = std::size_t{1} << 16U;
    buffer_.resize(size);
    setp(buffer_.data(), buffer_.data() + buffer_.size());
}

OutputBuffer::~OutputBuffer() { OutputBuffer::sync(); }

OutputBuffer::int_type OutputBuffer::overflow(int_type character) {
    if (sync() != 0) return traits_type::eof();
    if (!traits_type::eq_int_type(character, traits_type::eof())) sputc(traits_type::to_char_type(character));
    return traits_type::not_eof(character);
}

int OutputBuffer::sync() {
    const char* at = pbase();
    while (error_ == 0 && at != pptr()) {
        const ssize_t written = ::write(descriptor_, at, static_cast<std::size_t>(pptr() - at));
        if (written >= 0) {
            at += written;
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
    // What could not be written is given up, so that the rest of the run does not keep it.
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return error_ == 0 ? 0 : -1;
}

}  // namespace dectprov
