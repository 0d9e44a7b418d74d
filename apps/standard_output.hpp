// SPDX-License-Identifier: MIT
#pragma once

#include <streambuf>
#include <string>

namespace dectprov {

// What is written to an open file of the system, which remembers why it could not be written: streams tell
// only that something failed, and often long after it did.
class OutputBuffer final : public std::streambuf {
public:
    explicit OutputBuffer(int descriptor);
    ~OutputBuffer() override;
    OutputBuffer(const OutputBuffer&) = delete;
    OutputBuffer& operator=(const OutputBuffer&) = delete;
    OutputBuffer(OutputBuffer&&) = delete;
    OutputBuffer& operator=(OutputBuffer&&) = delete;

    // The number of the first failure (errno), 0 where there was none. It may be kept and looked at later.
    [[nodiscard]] const int& error() const { return error_; }

protected:
    int_type overflow(int_type character) override;
    int sync() override;

private:
    int descriptor_;
    int error_ = 0;
    std::string buffer_;
};

}  // namespace dectprov
