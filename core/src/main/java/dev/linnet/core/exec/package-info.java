/**
 * Running graphs: the backend SPI, the memory plan, the executor that is the same for every
 * backend, and the scalar reference backend.
 */
package dev.linnet.core.exec;
