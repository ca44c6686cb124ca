/** Image data sets: readers that trust nothing, fixed splits, normalisation, batches. */
package dev.linnet.core.data;
