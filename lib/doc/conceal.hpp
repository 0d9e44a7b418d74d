// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/mask.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

// A broken file may have a secret where a name or another value belongs, and messages quote both. So a
// message is held against the source line that would be shown with it: what is masked there is masked here.

// Replaces by "***" what a message has in single quotes and the source has, near `place`, in masked bytes
// alone; and what came out of a reference.
void conceal_quoted(std::string& message, const SourceSet& sources, Span place,
                    const std::vector<Span>& masked);

// The masked bytes of the line of a place that is quoted, in order, with those that say the same: what
// messages do not name is not shown beside them either.
std::vector<Span> masked_alike(const SourceSet& sources, Span place, const std::vector<Span>& masked);

// Replaces by "***" what came out of a reference (SourceSet::keep_secret), wherever a message has it: a short
// text only where it is a word by itself, and a very short one only `of_finding`, where the finding is about
// such a text, since nearly every message has one.
// Of a message that has been shortened (diag/shorten.hpp): a long secret may be cut at its "…".
void conceal_referred(std::string& message, const SourceSet& sources, bool of_finding);

// Replaces by "***" what stands behind the name of a secret and a ':' or '=': a path or text that has
// swallowed a key.
void conceal_pairs(std::string& message);

// Whether a message has something of a file: in quotes, or the path of a Failure.
bool quotes_text(const std::string& message);

// Whether all that a message has of a file has such a name.
bool quotes_alone(std::string_view message, bool (*is_name)(std::string_view));

// Replaces by "***" the steps of a dotted path that are masked near `place`.
void conceal_steps(std::string& path, const SourceSet& sources, Span place, const std::vector<Span>& masked);

// The same of what says what is masked on the lines of the place, and is no name of an element: in quotes,
// and whether a text has such.
void conceal_alike(std::string& message, const SourceSet& sources, Span place,
                   const std::vector<Span>& masked);
bool has_alike(std::string_view text, const SourceSet& sources, Span place, const std::vector<Span>& masked);

// The same of a path or identity (`users[ward=A3,username=7001].name`), but for the names of the format in
// it; and of what came out of a reference. Whether so much else is in it that it may have the former.
void conceal_alike_in_path(std::string& path, const SourceSet& sources, Span place,
                           const std::vector<Span>& masked, const KeyNames& keys);
void conceal_referred_in_path(std::string& path, const SourceSet& sources, const KeyNames& keys);
bool has_own_words(std::string_view path, const KeyNames& keys);

// What may be shown of a text that stands where a name belongs: all of it where it is one, or words of a
// sentence; else what it begins with, as the value may have run into it.
std::string shown_name(std::string_view text);

}  // namespace dectprov
