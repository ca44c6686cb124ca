// A stand-in for libcuda.so.1: the calls that Linnet makes, with the signatures of the CUDA driver
// API. What is enqueued runs as late as a driver may run it: when something waits for it.
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "machine.h"

using standin::Known;

namespace {

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

std::map<int, int> calls;
int injectedCall, injectedAfter, injectedError;
std::string fault;  // what a kernel did wrong; stays, as a device's error does

int hash(const char* text) {  // as java.lang.String has it
  uint32_t h = 0;
  for (; *text; text++) {
    h = 31 * h + static_cast<unsigned char>(*text);
  }
  return static_cast<int>(h);
}

int enter(const char* name) {
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
Context contexts[DEVICES];
Context* currentContext;

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

std::set<void*> live;  // modules, streams, events, graphs
std::set<Stream*> streams;
std::map<void*, size_t> pinned;

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

bool alive(void* handle) { return live.count(handle) > 0; }

int enqueue(Stream* stream, std::function<int()> work) {
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

int finish(Stream* stream, long position) {
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

// What a kernel's argument points to has whole guards.
bool guardsWhole(const std::vector<char>& argument) {
  for (size_t i = 0; i + 8 <= argument.size(); i += 8) {
    const void* word;
    memcpy(&word, &argument[i], 8);
    if (!standin::whole(word)) {
      return false;
    }
  }
  return true;
}

}  // namespace

extern "C" {

// ---- devices ----------------------------------------------------------------------------------

int cuInit(unsigned) { ENTER(cuInit) return SUCCESS; }

int cuDriverGetVersion(int* version) {
  ENTER(cuDriverGetVersion)
  *version = 12060;
  return SUCCESS;
}

int cuDeviceGetCount(int* count) {
  ENTER(cuDeviceGetCount)
  *count = DEVICES;
  return SUCCESS;
}

int cuDeviceGet(int* device, int ordinal) {
  ENTER(cuDeviceGet)
  *device = ordinal;
  return ordinal >= 0 && ordinal < DEVICES ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetName(char* name, int length, int device) {
  ENTER(cuDeviceGetName)
  std::string text = "Stand-in " + std::string(1, char('A' + device));
  strncpy(name, text.c_str(), length);
  return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t* bytes, int) {
  ENTER(cuDeviceTotalMem)
  *bytes = standin::capacity;
  return SUCCESS;
}

int cuDeviceGetAttribute(int* value, int attribute, int device) {
  ENTER(cuDeviceGetAttribute)
  switch (attribute) {
    case 16:  // multiprocessors
      *value = 4;
      return SUCCESS;
    case 75:
      *value = CAPABILITY[device][0];
      return SUCCESS;
    case 76:
      *value = CAPABILITY[device][1];
      return SUCCESS;
    default:
      return INVALID_VALUE;
  }
}

int cuDevicePrimaryCtxRetain(void** context, int device) {
  ENTER(cuDevicePrimaryCtxRetain)
  contexts[device].device = device;
  contexts[device].retained++;
  *context = &contexts[device];
  return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
  CLOSE(cuDevicePrimaryCtxRelease,
        contexts[device].retained-- > 0 ? int(SUCCESS) : int(INVALID_CONTEXT))
}

int cuCtxSetCurrent(void* context) {
  ENTER(cuCtxSetCurrent)
  currentContext = static_cast<Context*>(context);
  return SUCCESS;
}

int cuGetErrorName(int error, const char** name) {
  switch (error) {
    case OUT_OF_MEMORY:
      *name = "CUDA_ERROR_OUT_OF_MEMORY";
      break;
    case LAUNCH_FAILED:
      *name = "CUDA_ERROR_LAUNCH_FAILED";
      break;
    default:
      *name = "CUDA_ERROR_OF_THE_STAND_IN";
  }
  return SUCCESS;
}

int cuGetErrorString(int error, const char** text) {
  *text = error == LAUNCH_FAILED && !fault.empty() ? fault.c_str() : "said the stand-in";
  return SUCCESS;
}

// ---- modules ----------------------------------------------------------------------------------

int cuModuleLoadData(void** result, const void* image) {
  ENTER(cuModuleLoadData)
  std::string ptx(static_cast<const char*>(image));
  size_t target = ptx.find(".target sm_");
  if (target == std::string::npos || !currentContext) {
    return currentContext ? INVALID_PTX : INVALID_CONTEXT;
  }
  const int* capability = CAPABILITY[currentContext->device];
  if (atoi(&ptx[target + 11]) > capability[0] * 10 + capability[1]) {
    return INVALID_PTX;
  }
  Module* module = create<Module>();
  const std::string entry = ".visible .entry ";
  for (size_t at = ptx.find(entry); at != std::string::npos; at = ptx.find(entry, at + 1)) {
    size_t from = at + entry.size();
    std::string name = ptx.substr(from, ptx.find('(', from) - from);
    size_t bytes = ptx.find("_param_0[", from);
    const Known* kernel = standin::known(name);
    if (kernel && kernel->bytes == strtoul(&ptx[bytes + 9], nullptr, 10)) {
      module->kernels[name] = kernel;
    }
  }
  *result = module;
  return SUCCESS;
}

int cuModuleUnload(void* module) {
  CLOSE(cuModuleUnload, destroy<Module>(module))
}

int cuModuleGetFunction(const void** function, void* module, const char* name) {
  ENTER(cuModuleGetFunction)
  auto& kernels = static_cast<Module*>(module)->kernels;
  auto found = kernels.find(name);
  if (found == kernels.end()) {
    return NOT_FOUND;
  }
  *function = found->second;
  return SUCCESS;
}

// ---- memory -----------------------------------------------------------------------------------

int cuMemAlloc_v2(void** memory, size_t bytes) {
  ENTER(cuMemAlloc)
  if (!currentContext) {
    return INVALID_CONTEXT;
  }
  *memory = standin::allocate(bytes);
  return *memory ? SUCCESS : OUT_OF_MEMORY;
}

static int freeMemory(void* memory) {
  for (Stream* stream : streams) {  // a driver waits for what may use it
    finish(stream, stream->enqueued);
  }
  bool touched = false;
  if (!standin::release(memory, &touched)) {
    return INVALID_VALUE;
  }
  if (touched) {
    fault = "memory was written beyond its end or before its start";
  }
  return SUCCESS;
}

int cuMemFree_v2(void* memory) { CLOSE(cuMemFree, freeMemory(memory)) }

int cuMemGetInfo_v2(size_t* free, size_t* total) {
  ENTER(cuMemGetInfo)
  *free = standin::capacity - standin::used();
  *total = standin::capacity;
  return SUCCESS;
}

int cuMemAllocHost_v2(void** memory, size_t bytes) {
  ENTER(cuMemAllocHost)
  *memory = malloc(bytes);
  pinned[*memory] = bytes;
  return SUCCESS;
}

static int freeHost(void* memory) {
  if (!pinned.erase(memory)) {
    return INVALID_VALUE;
  }
  free(memory);
  return SUCCESS;
}

int cuMemFreeHost(void* memory) { CLOSE(cuMemFreeHost, freeHost(memory)) }

int cuMemcpyHtoDAsync_v2(void* to, const void* from, size_t bytes, void* stream) {
  ENTER(cuMemcpyHtoDAsync)
  return enqueue(static_cast<Stream*>(stream), [=]() -> int {
    if (!standin::holds(to, bytes)) {
      return ILLEGAL_ADDRESS;
    }
    memcpy(to, from, bytes);
    return SUCCESS;
  });
}

int cuMemcpyDtoHAsync_v2(void* to, const void* from, size_t bytes, void* stream) {
  ENTER(cuMemcpyDtoHAsync)
  return enqueue(static_cast<Stream*>(stream), [=]() -> int {
    if (!standin::holds(from, bytes)) {
      return ILLEGAL_ADDRESS;
    }
    memcpy(to, from, bytes);
    return SUCCESS;
  });
}

int cuMemsetD32Async(void* to, unsigned value, size_t words, void* stream) {
  ENTER(cuMemsetD32Async)
  return enqueue(static_cast<Stream*>(stream), [=]() -> int {
    if (!standin::holds(to, 4 * words)) {
      return ILLEGAL_ADDRESS;
    }
    for (size_t i = 0; i < words; i++) {
      static_cast<unsigned*>(to)[i] = value;
    }
    return SUCCESS;
  });
}

// ---- streams and events -----------------------------------------------------------------------

int cuStreamCreate(void** stream, unsigned) {
  ENTER(cuStreamCreate)
  if (!currentContext) {
    return INVALID_CONTEXT;
  }
  Stream* created = create<Stream>();
  created->device = currentContext->device;
  streams.insert(created);
  *stream = created;
  return SUCCESS;
}

static int destroyStream(void* stream) {
  if (!alive(stream)) {
    return INVALID_HANDLE;
  }
  finish(static_cast<Stream*>(stream), static_cast<Stream*>(stream)->enqueued);
  streams.erase(static_cast<Stream*>(stream));
  return destroy<Stream>(stream);
}

int cuStreamDestroy_v2(void* stream) { CLOSE(cuStreamDestroy, destroyStream(stream)) }

int cuStreamSynchronize(void* stream) {
  ENTER(cuStreamSynchronize)
  return finish(static_cast<Stream*>(stream), static_cast<Stream*>(stream)->enqueued);
}

int cuEventCreate(void** event, unsigned flags) {
  ENTER(cuEventCreate)
  Event* e = create<Event>();
  e->timing = (flags & 2) == 0;
  *event = e;
  return SUCCESS;
}

int cuEventDestroy_v2(void* event) {
  CLOSE(cuEventDestroy, destroy<Event>(event))
}

int cuEventRecord(void* event, void* stream) {
  ENTER(cuEventRecord)
  Event* e = static_cast<Event*>(event);
  e->stream = static_cast<Stream*>(stream);
  int result = SUCCESS;
  if (e->timing) {
    std::shared_ptr<double> millis = std::make_shared<double>(-1);
    e->millis = millis;
    result = enqueue(e->stream, [=]() -> int {
      std::chrono::duration<double, std::milli> now =
          std::chrono::steady_clock::now().time_since_epoch();
      *millis = now.count();
      return SUCCESS;
    });
  }
  e->position = e->stream->enqueued;
  return result;
}

int cuEventSynchronize(void* event) {
  ENTER(cuEventSynchronize)
  Event* e = static_cast<Event*>(event);
  return e->position < 0 ? SUCCESS : finish(e->stream, e->position);
}

// The host's time between two events: it says nothing about a GPU.
int cuEventElapsedTime(float* millis, void* start, void* end) {
  ENTER(cuEventElapsedTime)
  Event* from = static_cast<Event*>(start);
  Event* to = static_cast<Event*>(end);
  if (!alive(start) || !alive(end) || !from->millis || !to->millis) {
    return INVALID_HANDLE;
  } else if (*from->millis < 0 || *to->millis < 0) {
    return NOT_READY;
  }
  *millis = static_cast<float>(*to->millis - *from->millis);
  return SUCCESS;
}

int cuStreamWaitEvent(void* stream, void* event, unsigned) {
  ENTER(cuStreamWaitEvent)
  Event e = *static_cast<Event*>(event);
  return enqueue(static_cast<Stream*>(stream),
                 [=]() -> int { return e.position < 0 ? SUCCESS : finish(e.stream, e.position); });
}

// ---- launches and graphs ----------------------------------------------------------------------

int cuLaunchKernel(const void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx,
                   unsigned by, unsigned bz, unsigned, void* stream, void** parameters, void**) {
  ENTER(cuLaunchKernel)
  const Known* kernel = static_cast<const Known*>(function);
  if (gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535 || by != 1 || bz != 1 ||
      int(bx) != kernel->threads) {
    return INVALID_VALUE;
  }
  const char* from = static_cast<const char*>(parameters[0]);
  standin::Order order = alive(stream) ? ORDER[static_cast<Stream*>(stream)->device] : ORDER[0];
  std::vector<char> argument(from, from + kernel->bytes);
  return enqueue(static_cast<Stream*>(stream), [=]() -> int {
    int grid[3] = {int(gx), int(gy), int(gz)};
    standin::order = order;
    std::string wrong = standin::run(*kernel, grid, argument.data());
    if (wrong.empty() && !guardsWhole(argument)) {
      wrong = kernel->name + " writes beyond its memory";
    }
    if (!wrong.empty()) {
      fault = wrong;
      return LAUNCH_FAILED;
    }
    return SUCCESS;
  });
}

int cuStreamBeginCapture_v2(void* stream, int) {
  ENTER(cuStreamBeginCapture)
  Stream* s = static_cast<Stream*>(stream);
  s->capturing = true;
  s->captured.clear();
  return SUCCESS;
}

int cuStreamEndCapture(void* stream, void** graph) {
  ENTER(cuStreamEndCapture)
  Stream* s = static_cast<Stream*>(stream);
  if (!s->capturing) {
    return CAPTURE_INVALIDATED;
  }
  s->capturing = false;
  Graph* g = create<Graph>();
  g->work.swap(s->captured);
  *graph = g;
  return SUCCESS;
}

int cuGraphInstantiateWithFlags(void** executable, void* graph, unsigned long long) {
  ENTER(cuGraphInstantiate)
  Graph* g = create<Graph>();
  g->work = static_cast<Graph*>(graph)->work;
  *executable = g;
  return SUCCESS;
}

int cuGraphLaunch(void* executable, void* stream) {
  ENTER(cuGraphLaunch)
  for (auto& work : static_cast<Graph*>(executable)->work) {
    if (int error = enqueue(static_cast<Stream*>(stream), work)) {
      return error;
    }
  }
  return SUCCESS;
}

int cuGraphDestroy(void* graph) {
  CLOSE(cuGraphDestroy, destroy<Graph>(graph))
}

int cuGraphExecDestroy(void* executable) {
  CLOSE(cuGraphExecDestroy, destroy<Graph>(executable))
}

// ---- dev.linnet.kernels.cuda.StandIn ----------------------------------------------------------

// The next but `after` call of that hash fails with `error`; of any call, if the hash is 0.
void Java_dev_linnet_kernels_cuda_StandIn_inject(void*, void*, int call, int after, int error) {
  injectedCall = call;
  injectedAfter = after;
  injectedError = error;
}

int Java_dev_linnet_kernels_cuda_StandIn_calls(void*, void*, int call) { return calls[call]; }

// Handles and memory that are not given back.
long long Java_dev_linnet_kernels_cuda_StandIn_live(void*, void*) {
  long long count = live.size() + pinned.size() + standin::allocations();
  for (const Context& context : contexts) {
    count += context.retained;
  }
  return count;
}

long long Java_dev_linnet_kernels_cuda_StandIn_barriers(void*, void*) { return standin::barriers; }

void Java_dev_linnet_kernels_cuda_StandIn_memory(void*, void*, long long bytes) {
  standin::capacity = bytes;
}

void Java_dev_linnet_kernels_cuda_StandIn_forget(void*, void*) { fault.clear(); }

}  // extern "C"
