package dev.linnet.bench.gpu;

/**
 * A loop on a device that does nothing but what it is measured for.
 *
 * @param launch enqueues it
 * @param amount floating-point operations, or bytes that are read or written
 */
public record Load(Runnable launch, double amount) {}
