// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dectprov {

// A command that runs beside us, with pipes to its input and from its output, or from its complaints instead.
// What is not listened to goes nowhere.
class ChildProcess {
public:
    ChildProcess() = default;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ChildProcess(ChildProcess&&) = delete;
    ChildProcess& operator=(ChildProcess&&) = delete;
    // Closes the pipes and waits for the end.
    ~ChildProcess();

    enum class Listen : unsigned char { output, errors };

    // The command is looked for in PATH; no shell sees it. `environment`: NAME=VALUE, over our own. False
    // where it cannot be started; errno says why.
    bool start(const std::vector<std::string>& command, const std::vector<std::string>& environment,
               Listen listen = Listen::output);
    [[nodiscard]] bool is_running() const { return process_ > 0; }

    // False where the other end is gone.
    [[nodiscard]] bool write(std::string_view text) const;
    // Up to the line end, which is left out. False at the end of the output.
    bool read_line(std::string& line);
    // Exactly so many bytes.
    bool read(std::string& bytes, std::size_t size);
    std::string read_all();
    // Closes its input and waits for it. The exit status, -1 where it was killed.
    int finish();

private:
    bool fill();
    void close_pipes();

    pid_t process_ = -1;
    int to_ = -1;
    int from_ = -1;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what is not read yet
};

}  // namespace dectprov
