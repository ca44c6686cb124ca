package dev.linnet.kernels.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes hidden copies of template classes, each with its own constants as class data. */
final class Templates {
  private Templates() {}

  /**
   * An instance of a new copy.
   *
   * @param template a class of this package without constructor arguments
   * @param type an interface that it implements
   * @param constants what the copy reads as its class data
   */
  static <T> T copy(Class<? extends T> template, Class<T> type, int... constants) {
    String file = template.getSimpleName() + ".class";
    try (InputStream in = Templates.class.getResourceAsStream(file)) {
      MethodHandles.Lookup copy =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), constants, true);
      return type.cast(
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the template " + file, e);
    } catch (Throwable e) { // what a constructor invoked by handle may throw
      throw new IllegalStateException("cannot copy the template " + file, e);
    }
  }

  /** The class data of the copy that {@code lookup} belongs to. */
  static int[] constants(MethodHandles.Lookup lookup) {
    try {
      return MethodHandles.classData(lookup, "_", int[].class);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
