/**
 * The kernels: classes that Aparapi translates to OpenCL. What it can translate is a part of Java:
 * fields of numbers and arrays of them, methods of the class and its superclasses, loops and
 * conditions; no objects, no {@code switch}, no constants that are not finite.
 */
package dev.linnet.kernels.opencl.device;
