// SPDX-License-Identifier: MIT
#include "source/partial_text.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

#include "source/failure.hpp"

namespace dectprov {
namespace {

// A page: the rows that a part of a description takes may be few.
constexpr std::size_t piece_size = 4096;
// Of a file that is read from one end to the other, enough that a system call costs little beside the
// copying.
constexpr std::size_t pass_size = std::size_t{1} << 16U;

// So often a file is read before it is held. Of a table in order each part reads its own rows, and a page or
// two beside them.
constexpr std::uint64_t most_rounds = 12;

std::size_t pieces_of(std::size_t bytes) { return (bytes + piece_size - 1) / piece_size; }

// Where the last character of a text in UTF-8 ends that is whole.
std::size_t whole_characters(std::string_view text) {
    constexpr std::size_t longest = 4;
    for (std::size_t back = 1; back < longest && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte < 0x80U) return text.size() - back + 1;
        if (byte >= 0xc0U) return text.size() - back;
    }
    return text.size();
}

}  // namespace

LargeFile::LargeFile(std::string path, int descriptor, const struct stat& status)
    : path_(std::move(path)), descriptor_(descriptor), status_(status) {}

LargeFile::~LargeFile() { ::close(descriptor_); }

void LargeFile::read(std::size_t begin, char* to, std::size_t size) const {
    const auto fail = [this](const std::string& why) { throw Failure("cannot read " + path_ + ": " + why); };
    std::size_t done = 0;
    while (done != size) {
        const ssize_t got = ::pread(descriptor_, to + done, size - done, static_cast<off_t>(begin + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(std::generic_category().message(errno));
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    struct stat now {};
    if (::fstat(descriptor_, &now) != 0) fail(std::generic_category().message(errno));
    const bool same = now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec &&
                      now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
    if (!same || done != size) fail("it changed while it was read");
    read_.fetch_add(size, std::memory_order_relaxed);
}

bool LargeFile::each_piece(const std::function<bool(std::string_view)>& visit) const {
    std::string piece(pass_size, '\0');
    std::size_t kept = 0;  // at the begin of the piece
    for (std::size_t at = 0; at != size();) {
        const std::size_t more = std::min(pass_size - kept, size() - at);
        read(at, piece.data() + kept, more);
        at += more;
        const std::string_view there(piece.data(), kept + more);
        const std::size_t whole = at == size() ? there.size() : whole_characters(there);
        if (!visit(there.substr(0, whole))) return false;
        kept = there.size() - whole;
        std::copy_n(piece.begin() + static_cast<std::ptrdiff_t>(whole), kept, piece.begin());
    }
    return true;
}

std::shared_ptr<const std::string> LargeFile::held() const {
    if (read_.load(std::memory_order_relaxed) < most_rounds * size()) return nullptr;
    std::call_once(once_, [this] {
        auto all = std::make_shared<std::string>(size(), '\0');
        read(0, all->data(), all->size());
        held_ = std::move(all);
    });
    return held_;
}

PartialText::PartialText(std::shared_ptr<const LargeFile> file)
    : file_(std::move(file)), held_(file_->held()) {
    if (held_) {
        whole_ = *held_;
        return;
    }
    // Pages that nobody touches take no memory.
    void* const region = ::mmap(nullptr, file_->size(), PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) throw std::bad_alloc();
    region_ = static_cast<char*>(region);
    whole_ = {region_, file_->size()};
    loaded_ = std::make_unique<std::atomic<bool>[]>(pieces_of(file_->size()));
}

PartialText::~PartialText() {
    if (region_ != nullptr) ::munmap(region_, whole_.size());
}

void PartialText::load(std::size_t begin, std::size_t end) const {
    if (region_ == nullptr || begin >= whole_.size()) return;
    const std::size_t first = begin / piece_size;
    const std::size_t behind = std::max(pieces_of(std::min(end, whole_.size())), first + 1);
    for (std::size_t piece = first; piece != behind;) {
        if (loaded_[piece].load(std::memory_order_acquire)) {
            ++piece;
            continue;
        }
        const std::lock_guard lock(mutex_);
        std::size_t until = piece;
        while (until != behind && !loaded_[until].load(std::memory_order_relaxed)) ++until;
        const std::size_t from = piece * piece_size;
        file_->read(from, region_ + from, std::min(until * piece_size, whole_.size()) - from);
        for (; piece != until; ++piece) loaded_[piece].store(true, std::memory_order_release);
    }
}

std::size_t PartialText::load_from(std::size_t begin, std::size_t size) const {
    if (region_ == nullptr || begin >= whole_.size()) return whole_.size();
    load(begin, begin + size);
    return std::min(std::max(pieces_of(begin + size), begin / piece_size + 1) * piece_size, whole_.size());
}

void PartialText::drop(std::size_t begin, std::size_t end) {
    dropped_ = std::max(dropped_, pieces_of(begin));
    const std::size_t behind = end / piece_size;
    if (region_ == nullptr || behind <= dropped_) return;
    ::madvise(region_ + dropped_ * piece_size, (behind - dropped_) * piece_size, MADV_DONTNEED);
    for (; dropped_ != behind; ++dropped_) loaded_[dropped_].store(false, std::memory_order_relaxed);
}

}  // namespace dectprov
