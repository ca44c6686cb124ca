// Operations on one element at a time: a thread an element.
#include "linnet.cuh"

struct UnaryArguments {
  const float* x;
  float* y;
  Map in, out;  // of the same extents
  int count;    // of elements
  int function;
  float scale;
};

// y = scale f(x). Every move is one: maps say from where to where.
KERNEL(unary, UnaryArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    Element e = element(a.out, i);
    a.y[at(a.out, e)] = apply(a.function, a.x[at(a.in, e)]) * a.scale;
  }
}

struct FillArguments {
  float* y;
  Map out;
  int count;
  float value;
};

KERNEL(fill, FillArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    a.y[at(a.out, element(a.out, i))] = a.value;
  }
}

struct BinaryArguments {
  const float* first;
  const float* second;
  float* y;
  Map in, with, out;
  int count;
  int operation;
};

enum Operation { ADD = 100, MULTIPLY = 101 };  // below: first times the slope of that function

// y = first + second, first * second, or first * f'(second).
KERNEL(binary, BinaryArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    Element e = element(a.out, i);
    float p = a.first[at(a.in, e)];
    float q = a.second[at(a.with, e)];
    float y = a.operation == ADD ? p + q : p * (a.operation == MULTIPLY ? q : slope(a.operation, q));
    a.y[at(a.out, e)] = y;
  }
}

struct DropoutArguments {
  const float* x;
  const float* key;
  float* y;
  Map in, out;
  int count;
  int salt;
  float rate;
};

// The mask of dev.linnet.core.graph.Dropout: a function of salt, key and the element's number.
KERNEL(dropout, DropoutArguments, 256) {
  int i = blockX() * 256 + threadX();
  if (i < a.count) {
    typedef unsigned long long u64;
    u64 mixed = (static_cast<u64>(a.key[0]) << 40) ^ (static_cast<u64>(a.key[1]) << 16) ^
                (static_cast<u64>(static_cast<long long>(a.salt)) * 0x9E3779B97F4A7C15ull);
    mixed += static_cast<u64>(i) * 0xD1342543DE82EF95ull;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
    mixed ^= mixed >> 31;
    float uniform = static_cast<float>(static_cast<int>(mixed >> 40)) * 0x1p-24f;
    Element e = element(a.out, i);
    a.y[at(a.out, e)] = a.x[at(a.in, e)] * (uniform < a.rate ? 0.f : 1.f / (1.f - a.rate));
  }
}
