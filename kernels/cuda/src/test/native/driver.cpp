// A stand-in for libcuda.so.1: the calls that Linnet makes, with the signatures of the CUDA driver
// API; here devices, modules and memory, and what the tests ask of it.
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>

#include "calls.h"

using namespace driver;

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
