package dev.linnet.core.exec;

/**
 * A buffer in the Java heap: what the scalar and the vector backend share.
 *
 * @param array the floats
 */
public record HostBuffer(float[] array) implements Buffer {
  @Override
  public int floats() {
    return array.length;
  }
}
