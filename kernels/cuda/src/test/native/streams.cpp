// Streams, events, launches and graphs of the stand-in driver. What is enqueued runs as late as a
// driver may run it: when something waits for it.
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "calls.h"

using namespace driver;

// What a kernel's argument points to has whole guards.
static bool guardsWhole(const std::vector<char>& argument) {
  for (size_t i = 0; i + 8 <= argument.size(); i += 8) {
    const void* word;
    memcpy(&word, &argument[i], 8);
    if (!standin::whole(word)) {
      return false;
    }
  }
  return true;
}

extern "C" {

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

}  // extern "C"
