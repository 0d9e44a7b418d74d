// SPDX-License-Identifier: MIT
#pragma once

namespace dectprov {

// What a run still has to do after its options are read.
struct Fence {
    bool starts_programs = false;
    bool writes_files = false;
};

// Takes from this process, and from those that it starts, what the run does not need, so that a fault in a
// parser cannot be used for it: connections always, other programs and the writing of files where `allowed`
// has them not. What is open stays open, and files can still be read. The kernel answers with an error
// (EPERM, EACCES). Call it before threads start. A kernel without seccomp or Landlock, or with an older
// Landlock, allows more; a build with DECTPROV_FENCE=OFF allows all.
void raise_fence(const Fence& allowed);

}  // namespace dectprov
