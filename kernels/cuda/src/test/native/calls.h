// What the calls of the stand-in driver share: their results, errors that are injected, and handles.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "machine.h"

namespace driver {

using standin::Known;

enum Result {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  INVALID_DEVICE = 101,
  INVALID_CONTEXT = 201,
  INVALID_PTX = 218,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  NOT_READY = 600,
  ILLEGAL_ADDRESS = 700,
  LAUNCH_FAILED = 719,
  CAPTURE_INVALIDATED = 901
};

// Each runs the threads of a block in an order of its own: a kernel without races gives the same bits
// on all of them.
const int DEVICES = 3;
const int CAPABILITY[DEVICES][2] = {{8, 6}, {6, 0}, {8, 0}};
const standin::Order ORDER[DEVICES] = {standin::ASCENDING, standin::DESCENDING, standin::SHUFFLED};

// ---- injected errors, counts ------------------------------------------------------------------

inline std::map<int, int> calls;
inline int injectedCall, injectedAfter, injectedError;
inline std::string fault;  // what a kernel did wrong; stays, as a device's error does

inline int hash(const char* text) {  // as java.lang.String has it
  uint32_t h = 0;
  for (; *text; text++) {
    h = 31 * h + static_cast<unsigned char>(*text);
  }
  return static_cast<int>(h);
}

inline int enter(const char* name) {
  int call = hash(name);
  calls[call]++;
  calls[0]++;
  if (injectedError != 0 && (injectedCall == call || injectedCall == 0) && injectedAfter-- == 0) {
    int error = injectedError;
    injectedError = 0;
    return error;
  }
  return SUCCESS;
}

// A call that closes something does so even if it reports an error of earlier work.
#define CLOSE(name, result)             \
  int injected = enter(#name);          \
  int closed = result;                  \
  return injected ? injected : closed;

#define ENTER(name)                  \
  if (int injected = enter(#name)) { \
    return injected;                 \
  }

// ---- handles ----------------------------------------------------------------------------------

struct Context {
  int device;
  int retained;
};
inline Context contexts[DEVICES];
inline Context* currentContext;

struct Module {
  std::map<std::string, const Known*> kernels;
};

struct Stream;
struct Event {
  Stream* stream = nullptr;
  long position = -1;  // of the stream's work that it stands behind; below 0: of none
  bool timing = true;
  std::shared_ptr<double> millis;  // when the stream came to it; below 0: not yet
};

struct Stream {
  int device = 0;
  std::deque<std::function<int()>> work;
  long done = 0;  // of all work ever enqueued
  long enqueued = 0;
  bool capturing = false;
  std::vector<std::function<int()>> captured;
};

struct Graph {
  std::vector<std::function<int()>> work;
};

inline std::set<void*> live;  // modules, streams, events, graphs
inline std::set<Stream*> streams;
inline std::map<void*, size_t> pinned;

template <typename T>
T* create() {
  T* handle = new T();
  live.insert(handle);
  return handle;
}

template <typename T>
int destroy(void* handle) {
  if (!live.erase(handle)) {
    return INVALID_HANDLE;
  }
  delete static_cast<T*>(handle);
  return SUCCESS;
}

inline bool alive(void* handle) { return live.count(handle) > 0; }

inline int enqueue(Stream* stream, std::function<int()> work) {
  if (!alive(stream)) {
    return INVALID_HANDLE;
  } else if (stream->capturing) {
    stream->captured.push_back(work);
  } else {
    stream->work.push_back(work);
    stream->enqueued++;
  }
  return SUCCESS;
}

inline int finish(Stream* stream, long position) {
  while (stream->done < position && !stream->work.empty()) {
    std::function<int()> next = stream->work.front();
    stream->work.pop_front();
    stream->done++;
    if (int error = next()) {
      return error;
    }
  }
  return fault.empty() ? SUCCESS : LAUNCH_FAILED;
}

}  // namespace driver
