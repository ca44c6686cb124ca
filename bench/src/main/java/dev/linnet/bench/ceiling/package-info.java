/** What the hardware gives at most: multiply-adds in registers, and traffic with memory. */
package dev.linnet.bench.ceiling;
