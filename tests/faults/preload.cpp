// For LD_PRELOAD: makes one chosen call of a program fail, or all of one kind slow to come through.
// tests/faults/faults.py says which, by the environment:
//
//   FAULT_CALL    open read write fsync rename close truncate (what a program may call for files), or new
//   FAULT_AT      which of these calls, from 1
//   FAULT_SITE    for new: the place instead (as FAULT_SITES has them), where it is reached first
//   FAULT_FILE    only calls for files whose path ends so
//   FAULT_ACTION  fail (default, with FAULT_ERRNO) | halve, interrupt (every read or write, not one) |
//                 shorten, rewrite (what the call reads or opens, before it does)
//   FAULT_LOG     a file: how many calls there were; which one was hit, and its file
//   FAULT_SITES   a file: all places that call new, a line each; FAULT_DEPTH frames of the program tell two apart
//
// Nothing counts before main(). Standard error is left alone: it is where the program says what went wrong.
#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

enum Call { kOpen, kRead, kWrite, kFsync, kRename, kClose, kTruncate, kNew, kCalls };
constexpr std::array<const char*, kCalls> kNames = {"open",   "read",  "write",    "fsync",
                                                    "rename", "close", "truncate", "new"};
enum class Action { fail, halve, interrupt, shorten, rewrite };

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

const char* variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value ? value : otherwise;
}

std::atomic<bool> armed = false;
std::array<std::atomic<std::int64_t>, kCalls> calls{};
thread_local bool inside = false;  // what this library calls itself does not count

struct Plan {
  Call call = kCalls;
  std::int64_t at = 0;
  std::uint64_t site = 0;
  int error = EIO, depth = 4;
  Action action = Action::fail;
  const char *log = nullptr, *sites = nullptr, *file = "";
  std::uintptr_t base = 0, begin = 0, end = 0;  // of the program, and of its code
};
Plan plan;

/// Calls of this library while it lives are its own.
struct Inside {
  Inside() { inside = true; }
  ~Inside() { inside = false; }
};

void append_line(const char* path, const char* line) {
  const int file = next<int(const char*, int, ...)>("open")(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return;
  if (next<ssize_t(int, const void*, size_t)>("write")(file, line, std::strlen(line)) < 0) std::abort();
  next<int(int)>("close")(file);
}

/// The program's own frames that led here, from the last call on, as offsets in its file.
struct Frames {
  std::array<std::uintptr_t, 40> offsets{};
  std::size_t count = 0;
  Frames() {
    std::array<void*, 40> all{};
    const int found = backtrace(all.data(), int(all.size()));
    for (int i = 0; i < found; ++i) {
      const auto place = reinterpret_cast<std::uintptr_t>(all[std::size_t(i)]);
      if (place >= plan.begin && place < plan.end) offsets[count++] = place - plan.base;
    }
  }
};

void log_hit(const char* target) {
  if (!plan.log) return;
  std::array<char, 4200> line{};
  std::snprintf(line.data(), line.size(), "hit %s %s\n", kNames[plan.call], target);
  append_line(plan.log, line.data());
  const Frames frames;
  for (std::size_t i = 0; i < frames.count; ++i) {
    std::snprintf(line.data(), line.size(), "frame %#llx\n", static_cast<unsigned long long>(frames.offsets[i]));
    append_line(plan.log, line.data());
  }
}

void spoil(const char* target) {
  struct stat facts {};
  if (stat(target, &facts) != 0 || !S_ISREG(facts.st_mode)) return;
  if (plan.action == Action::shorten) {
    if (truncate(target, facts.st_size / 2) != 0) std::abort();
    return;
  }
  const int file = next<int(const char*, int, ...)>("open")(target, O_WRONLY | O_CLOEXEC);
  std::array<char, 64> others;
  others.fill('C');
  const off_t middle = std::max<off_t>(facts.st_size / 2 - off_t(others.size()), 0);
  if (next<ssize_t(int, const void*, size_t, off_t)>("pwrite")(file, others.data(), others.size(), middle) < 0)
    std::abort();
  next<int(int)>("close")(file);
}

/// Counts a call; true when it is to fail, with errno set.
bool hit(Call call, const char* target) {
  if (!armed || inside) return false;
  const Inside mark;
  const std::size_t size = std::strlen(target), end = std::strlen(plan.file);
  if (size < end || std::strcmp(target + size - end, plan.file) != 0) return false;
  if (++calls[call] != plan.at || call != plan.call) return false;
  log_hit(target);
  if (plan.action != Action::fail) return spoil(target), false;
  errno = plan.error;
  return true;
}

bool hit(Call call, int descriptor) {
  if (!armed || inside || descriptor == STDERR_FILENO) return false;
  std::array<char, 64> link{};
  std::array<char, 4096> target{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
  if (readlink(link.data(), target.data(), target.size() - 1) < 0) return false;
  return hit(call, target.data());
}

/// How much of a read or write comes through.
size_t allowed(Call call, int descriptor, size_t size) {
  const bool wanted = armed && !inside && plan.call == call && descriptor != STDERR_FILENO;
  return wanted && plan.action == Action::halve ? std::max<size_t>(size / 2, std::min<size_t>(size, 1)) : size;
}

bool interrupted(Call call, int descriptor) {
  thread_local int turn = 0;
  if (!armed || inside || plan.call != call || plan.action != Action::interrupt || descriptor == STDERR_FILENO)
    return false;
  errno = EINTR;
  return turn++ % 2 == 0;
}

/// The frames as one number; 0 where there are none.
std::uint64_t site() {
  const Frames frames;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < std::min(frames.count, std::size_t(plan.depth)); ++i) {
    hash = (hash ^ frames.offsets[i]) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

struct SeenSites {
  static constexpr std::size_t kSlots = 1 << 16;
  std::array<std::atomic<std::uint64_t>, kSlots> slots{};
  bool add(std::uint64_t hash) {
    for (std::size_t i = hash % kSlots;; i = (i + 1) % kSlots) {
      std::uint64_t empty = 0;
      if (slots[i].compare_exchange_strong(empty, hash)) return true;
      if (empty == hash) return false;
    }
  }
};
SeenSites seen;

bool hit_new() {
  if (!armed || inside || plan.call != kNew) return false;
  const Inside mark;
  ++calls[kNew];
  const std::uint64_t here = site();
  if (here == 0 || !seen.add(here)) return false;
  std::array<char, 32> line{};
  std::snprintf(line.data(), line.size(), "%llx\n", static_cast<unsigned long long>(here));
  if (plan.sites) append_line(plan.sites, line.data());
  if (here != plan.site) return false;
  log_hit("");
  return true;
}

void* allocate(std::size_t size, std::size_t alignment) {
  if (hit_new()) return nullptr;
  return alignment == 0 ? std::malloc(std::max<std::size_t>(size, 1))
                        : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment = 0) {
  if (void* memory = allocate(size, alignment)) return memory;
  throw std::bad_alloc();
}

void read_plan() {
  const char* call = variable("FAULT_CALL", "");
  for (int i = 0; i < kCalls; ++i)
    if (std::strcmp(call, kNames[std::size_t(i)]) == 0) plan.call = Call(i);
  plan.at = std::atoll(variable("FAULT_AT", "0"));
  plan.site = std::strtoull(variable("FAULT_SITE", "0"), nullptr, 16);
  plan.error = std::atoi(variable("FAULT_ERRNO", "5"));
  plan.depth = std::atoi(variable("FAULT_DEPTH", "4"));
  constexpr std::array<const char*, 5> actions = {"fail", "halve", "interrupt", "shorten", "rewrite"};
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (std::strcmp(variable("FAULT_ACTION", "fail"), actions[i]) == 0) plan.action = Action(i);
  plan.file = variable("FAULT_FILE", "");
  plan.log = std::getenv("FAULT_LOG");
  plan.sites = std::getenv("FAULT_SITES");
  // The first object is the program itself.
  dl_iterate_phdr(
      [](dl_phdr_info* object, size_t, void*) {
        plan.base = object->dlpi_addr;
        for (int i = 0; i < object->dlpi_phnum; ++i) {
          const auto& part = object->dlpi_phdr[i];
          if (part.p_type != PT_LOAD || !(part.p_flags & PF_X)) continue;
          plan.begin = object->dlpi_addr + part.p_vaddr;
          plan.end = plan.begin + part.p_memsz;
        }
        return 1;
      },
      nullptr);
  std::array<void*, 4> frames{};
  backtrace(frames.data(), int(frames.size()));  // the first call loads what it needs
}

void write_counts() {
  armed = false;
  if (!plan.log) return;
  for (std::size_t i = 0; i < kCalls; ++i) {
    std::array<char, 64> line{};
    std::snprintf(line.data(), line.size(), "count %s %lld\n", kNames[i], static_cast<long long>(calls[i].load()));
    append_line(plan.log, line.data());
  }
}

int (*program)(int, char**, char**) = nullptr;

int run_program(int count, char** arguments, char** environment) {
  read_plan();
  std::atexit(write_counts);
  armed = true;
  return program(count, arguments, environment);
}

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, std::size_t(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, std::size_t(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 0); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 0); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

// The C library's, under every name that programs are linked to. A close that fails has closed: so it is on Linux.
extern "C" {

int __libc_start_main(int (*main)(int, char**, char**), int count, char** arguments, void (*init)(), void (*fini)(),
                      void (*loader_fini)(), void* stack_end) {
  program = main;
  return next<decltype(__libc_start_main)>("__libc_start_main")(run_program, count, arguments, init, fini, loader_fini,
                                                                stack_end);
}

#define OPEN(name)                                                     \
  int name(const char* path, int flags, ...) {                         \
    va_list rest;                                                      \
    va_start(rest, flags);                                             \
    const auto mode = va_arg(rest, mode_t);                            \
    va_end(rest);                                                      \
    if (hit(kOpen, path)) return -1;                                   \
    return next<int(const char*, int, ...)>(#name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define FOPEN(name)                                                  \
  FILE* name(const char* path, const char* mode) {                   \
    if (hit(kOpen, path)) return nullptr;                            \
    return next<FILE*(const char*, const char*)>(#name)(path, mode); \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t read(int file, void* bytes, size_t size) {
  if (hit(kRead, file) || interrupted(kRead, file)) return -1;
  return next<ssize_t(int, void*, size_t)>("read")(file, bytes, allowed(kRead, file, size));
}
#define PREAD(name)                                                                                          \
  ssize_t name(int file, void* bytes, size_t size, off_t offset) {                                           \
    if (hit(kRead, file) || interrupted(kRead, file)) return -1;                                             \
    return next<ssize_t(int, void*, size_t, off_t)>(#name)(file, bytes, allowed(kRead, file, size), offset); \
  }
PREAD(pread)
PREAD(pread64)

ssize_t write(int file, const void* bytes, size_t size) {
  if (hit(kWrite, file) || interrupted(kWrite, file)) return -1;
  return next<ssize_t(int, const void*, size_t)>("write")(file, bytes, allowed(kWrite, file, size));
}
#define PWRITE(name)                                                                                                \
  ssize_t name(int file, const void* bytes, size_t size, off_t offset) {                                            \
    if (hit(kWrite, file) || interrupted(kWrite, file)) return -1;                                                  \
    return next<ssize_t(int, const void*, size_t, off_t)>(#name)(file, bytes, allowed(kWrite, file, size), offset); \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

int fsync(int file) { return hit(kFsync, file) ? -1 : next<int(int)>("fsync")(file); }
int rename(const char* from, const char* to) {
  return hit(kRename, to) ? -1 : next<int(const char*, const char*)>("rename")(from, to);
}
int close(int file) {
  const bool fails = hit(kClose, file);
  const int error = errno, result = next<int(int)>("close")(file);
  if (!fails) return result;
  errno = error;
  return -1;
}
#define TRUNCATE(name)                                                           \
  int name(int file, off_t size) noexcept {                                      \
    return hit(kTruncate, file) ? -1 : next<int(int, off_t)>(#name)(file, size); \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)
}
