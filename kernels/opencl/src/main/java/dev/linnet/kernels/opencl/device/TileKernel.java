package dev.linnet.kernels.opencl.device;

/**
 * A matrix product {@code C = A · B} whose operands are gathered, in tiles: a group of 8 × 8 work
 * items computes 32 × 32 elements of C, each item 4 × 4 of them in registers, from tiles of A and B
 * in local memory that are 16 deep. An item has the rows ly, ly + 8, … and the columns lx, lx + 8,
 * … of its group's tile, so that neighbours read neighbouring words.
 *
 * <p>The sum of an element runs over the depth in order, whatever the tile: its bits do not depend
 * on where it lies. Each 16 terms are summed by themselves before they are added, which halves the
 * digits that a long sum loses.
 */
abstract class TileKernel extends DeviceKernel {
  /** Rows and columns of a group's tile of C. */
  static final int TILE = 32;

  /** Work items along each side of a group. */
  static final int SIDE = 8;

  /** How deep the tiles in local memory are. */
  static final int DEPTH = 16;

  /** Words from one level of a local tile to the next: one more than it has, against conflicts. */
  static final int PITCH = 33;

  /** For subclasses. */
  TileKernel() {}
}
