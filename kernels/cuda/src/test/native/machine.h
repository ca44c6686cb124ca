// The machine behind the stand-in driver: kernels as the host runs them, and memory with guards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "host.h"

namespace standin {

// A kernel that the host can run.
struct Known {
  std::string name;
  size_t bytes;
  int threads;
  Body body;
};

// The kernel of that name, or null.
const Known* known(const std::string& name);

// The order in which the threads of a block run between two barriers: a kernel without races gives
// the same bits in every one.
enum Order { ASCENDING, DESCENDING, SHUFFLED };
extern int order;

// How many barriers blocks have passed so far.
extern long long barriers;

// Runs a kernel: block after block, the threads of a block as fibers. Returns what is wrong, or "".
std::string run(const Known& kernel, const int grid[3], const void* arguments);

// Memory between guard zones, filled with NaNs that no kernel computes. Null where it is full.
void* allocate(size_t bytes);

// Frees it; false if it was not allocated. `touched` tells of a guard that was written.
bool release(void* memory, bool* touched);

// Whether the guards around the memory that an address lies in are whole; true if it lies in none.
bool whole(const void* address);

// Whether bytes from an address on all lie in one allocation.
bool holds(const void* address, size_t bytes);

extern size_t capacity;
size_t used();
size_t allocations();

}  // namespace standin
