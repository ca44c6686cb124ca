/** Host values: shapes, tensors and reproducible random streams. The lowest layer. */
package dev.linnet.core.tensor;
