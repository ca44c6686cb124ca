#include "machine.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

namespace standin {

Place place;
int order = ASCENDING;
long long barriers;
size_t capacity = size_t(4) << 30;

// ---- kernels --------------------------------------------------------------------------------

static std::map<std::string, Known>& table() {
  static std::map<std::string, Known> kernels;
  return kernels;
}

bool declare(const char* name, size_t bytes, int threads, Body body) {
  return table().emplace(name, Known{name, bytes, threads, body}).second;
}

const Known* known(const std::string& name) {
  auto found = table().find(name);
  return found == table().end() ? nullptr : &found->second;
}

// ---- fibers ---------------------------------------------------------------------------------

#if !defined(__x86_64__)
#error "the stand-in switches stacks on x86-64 only"
#endif

// Saves the callee's registers and the stack of one fiber, and goes on with another.
extern "C" void linnet_switch(void** from, void* to);
asm(R"(
.text
.globl linnet_switch
.hidden linnet_switch
linnet_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
)");

enum State { READY, WAITING, MEETING, DONE };  // MEETING: in an instruction of the whole warp

struct Fiber {
  void* stack;
  State state;
  unsigned exchanges;
};

static const int MOST_THREADS = 1024;
static const int WARP = 32;
static const size_t STACK = 32 << 10;
static Fiber fibers[MOST_THREADS];
static char* stacks;
static void* scheduler;
static Fiber* current;
static Body body;
static const void* arguments;

static void entry() {
  body(arguments);
  current->state = DONE;
  linnet_switch(&current->stack, scheduler);
  abort();  // a fiber that is done is not resumed
}

static void prepare(int thread) {
  char* top = stacks + (thread + 1) * STACK;
  void** sp = reinterpret_cast<void**>(top) - 1;  // the stack is 8 off 16 at a function's entry
  *--sp = reinterpret_cast<void*>(entry);
  for (int i = 0; i < 6; i++) {
    *--sp = nullptr;
  }
  fibers[thread] = {sp, READY, 0};
}

void barrier() {
  current->state = WAITING;
  linnet_switch(&current->stack, scheduler);
}

// Two buffers a warp: a lane may be one exchange ahead of those that still read the last one.
static const int OPERANDS = 6;
static float operands[MOST_THREADS / WARP][2][OPERANDS][WARP];

// As the tensor cores take it: bits that tf32 has not are passed over.
static float cut(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof(bits));
  bits &= ~0x1fffu;
  memcpy(&x, &bits, sizeof(bits));
  return x;
}

const float (*exchange(const float (&left)[4], const float (&right)[2]))[WARP] {
  float(*given)[WARP] = operands[place.thread / WARP][current->exchanges++ % 2];
  int lane = place.thread % WARP;
  for (int i = 0; i < OPERANDS; i++) {
    given[i][lane] = cut(i < 4 ? left[i] : right[i - 4]);
  }
  current->state = MEETING;
  linnet_switch(&current->stack, scheduler);
  return given;
}

static int nth(int i, int threads, unsigned round) {
  switch (order) {
    case DESCENDING:
      return threads - 1 - i;
    case SHUFFLED:  // an odd factor permutes a power of two; else rotate
      return (threads & (threads - 1)) == 0 ? (i * 77 + int(round % 31) * 5) % threads
                                            : (i + int(round % 31)) % threads;
    default:
      return i;
  }
}

static void resume(int thread) {
  current = &fibers[thread];
  place.thread = thread;
  linnet_switch(&scheduler, current->stack);
}

// Runs the lanes of a warp up to the block's next barrier. False if some wait for the others in vain.
static bool warp(int first, unsigned round) {
  for (;;) {
    int meeting = 0;
    for (int i = 0; i < WARP; i++) {
      int lane = first + nth(i, WARP, round);
      if (fibers[lane].state == READY) {
        resume(lane);
      }
      meeting += fibers[lane].state == MEETING;
    }
    if (meeting == 0) {
      return true;
    } else if (meeting < WARP) {
      return false;
    }
    for (int lane = first; lane < first + WARP; lane++) {
      fibers[lane].state = READY;
    }
  }
}

// Runs the threads of one block up to their ends; says what is wrong. Threads run one after the other
// from barrier to barrier; one that comes to an instruction of its warp makes that run before others.
static std::string block(int threads) {
  for (int t = 0; t < threads; t++) {
    prepare(t);
  }
  for (unsigned round = 0;; round++) {
    for (int i = 0; i < threads; i++) {
      int t = nth(i, threads, round);
      if (fibers[t].state == READY) {
        resume(t);
      }
      if (fibers[t].state == MEETING && !warp(t / WARP * WARP, round)) {
        return "not all threads of a warp reach an instruction of all";
      }
    }
    int done = 0;
    for (int t = 0; t < threads; t++) {
      done += fibers[t].state == DONE;
      fibers[t].state = fibers[t].state == DONE ? DONE : READY;
    }
    if (done == threads) {
      return "";
    } else if (done > 0) {
      return "not all threads of a block reach a barrier";
    }
    barriers++;
  }
}

// A kernel that leaves its memory meets a page that nobody may touch; its launch ends there.
static sigjmp_buf beforeKernel;

static void leftMemory(int) { siglongjmp(beforeKernel, 1); }

static std::string runGuarded(const Known& kernel, const int grid[3]) {
  if (sigsetjmp(beforeKernel, 1)) {
    return kernel.name + " touches memory that is not its own";
  }
  for (int z = 0; z < grid[2]; z++) {
    for (int y = 0; y < grid[1]; y++) {
      for (int x = 0; x < grid[0]; x++) {
        place = {0, x, y, z};
        std::string wrong = block(kernel.threads);
        if (!wrong.empty()) {
          return kernel.name + ": " + wrong;
        }
      }
    }
  }
  return "";
}

std::string run(const Known& kernel, const int grid[3], const void* argument) {
  if (!stacks) {
    stacks = static_cast<char*>(aligned_alloc(4096, MOST_THREADS * STACK));
  }
  body = kernel.body;
  arguments = argument;
  struct sigaction ours = {};
  struct sigaction theirs;
  ours.sa_handler = leftMemory;
  sigaction(SIGSEGV, &ours, &theirs);
  std::string wrong = runGuarded(kernel, grid);
  sigaction(SIGSEGV, &theirs, nullptr);
  return wrong;
}

// ---- memory ---------------------------------------------------------------------------------
// An allocation: a page that nobody may touch, poison, its bytes, and another such page. Its bytes
// end where that begins, but for what 16-byte alignment leaves.

static const size_t PAGE = 4096;
static const size_t GUARD = 512;
static const size_t ALIGNMENT = 16;
static const uint32_t POISON = 0x7fbadbad;  // a NaN with a payload of its own

struct Allocation {
  size_t bytes;
  char* base;
  size_t length;
};

static std::map<uintptr_t, Allocation> memory;  // by address, ascending
static std::multimap<size_t, char*> idle;     // freed mappings by length: most sizes come again
static const size_t MOST_IDLE = 4096;
static size_t taken;

static size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

static char* map(size_t length) {
  auto found = idle.find(length);
  if (found != idle.end()) {
    char* base = found->second;
    idle.erase(found);
    return base;
  }
  void* mapped =
      mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    return nullptr;
  }
  char* base = static_cast<char*>(mapped);
  mprotect(base, PAGE, PROT_NONE);
  mprotect(base + length - PAGE, PAGE, PROT_NONE);
  return base;
}

void* allocate(size_t bytes) {
  if (bytes == 0 || taken + bytes > capacity) {
    return nullptr;
  }
  size_t body = rounded(rounded(bytes, ALIGNMENT) + GUARD, PAGE);
  size_t length = body + 2 * PAGE;
  char* base = map(length);
  if (!base) {
    return nullptr;
  }
  char* address = base + PAGE + body - rounded(bytes, ALIGNMENT);
  for (char* word = address - GUARD; word < base + PAGE + body; word += sizeof(POISON)) {
    memcpy(word, &POISON, sizeof(POISON));
  }
  taken += bytes;
  memory[reinterpret_cast<uintptr_t>(address)] = {bytes, base, length};
  return address;
}

static std::map<uintptr_t, Allocation>::iterator around(const void* address) {
  uintptr_t place = reinterpret_cast<uintptr_t>(address);
  auto after = memory.upper_bound(place);
  if (after == memory.begin()) {
    return memory.end();
  }
  --after;
  return place < after->first + after->second.bytes ? after : memory.end();
}

static bool poisoned(const char* from, const char* to) {
  for (; from < to; from += sizeof(POISON)) {
    if (memcmp(from, &POISON, sizeof(POISON)) != 0) {
      return false;
    }
  }
  return true;
}

static bool guarded(const std::map<uintptr_t, Allocation>::iterator& it) {
  const char* address = reinterpret_cast<const char*>(it->first);
  size_t bytes = it->second.bytes;
  return poisoned(address - GUARD, address) &&
         poisoned(address + rounded(bytes, sizeof(POISON)), address + rounded(bytes, ALIGNMENT));
}

bool whole(const void* address) {
  auto it = around(address);
  return it == memory.end() || guarded(it);
}

bool holds(const void* address, size_t bytes) {
  auto it = around(address);
  return it != memory.end() &&
         reinterpret_cast<uintptr_t>(address) + bytes <= it->first + it->second.bytes;
}

bool release(void* address, bool* touched) {
  auto it = memory.find(reinterpret_cast<uintptr_t>(address));
  if (it == memory.end()) {
    return false;
  }
  *touched = !guarded(it);
  taken -= it->second.bytes;
  if (idle.size() < MOST_IDLE && it->second.length <= 64 * PAGE) {
    idle.emplace(it->second.length, it->second.base);
  } else {
    munmap(it->second.base, it->second.length);
  }
  memory.erase(it);
  return true;
}

size_t used() { return taken; }

size_t allocations() { return memory.size(); }

}  // namespace standin
