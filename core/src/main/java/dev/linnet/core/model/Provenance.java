package dev.linnet.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a model comes from: named texts and numbers, in order. The constants are the names that
 * Linnet itself uses; any other may be added.
 *
 * @param entries {@code String}, {@code Long} or finite {@code Double} by name
 */
public record Provenance(Map<String, Object> entries) {
  /** The name of the data. */
  public static final String DATA = "data";

  /** The SHA-256 of the data, in hexadecimal. */
  public static final String DATA_SHA256 = "dataSha256";

  /** The seed of the run. */
  public static final String SEED = "seed";

  /** The command line of the run. */
  public static final String COMMAND = "command";

  /** The version of Linnet. */
  public static final String LINNET = "linnet";

  /** The version of Java. */
  public static final String JAVA = "java";

  /** The name of the backend that trained it. */
  public static final String BACKEND = "backend";

  /** When it was made, by ISO 8601. */
  public static final String DATE = "date";

  /** Top-1 accuracy on the validation split, from 0 to 1. */
  public static final String VALIDATION_ACCURACY = "validationAccuracy";

  /** Top-1 accuracy on the test split, from 0 to 1. */
  public static final String TEST_ACCURACY = "testAccuracy";

  /** The number of trainable values. */
  public static final String PARAMETERS = "params";

  /** Multiply-accumulates of one prediction. */
  public static final String MACS = "macs";

  /**
   * Checks and copies the entries.
   *
   * @throws IllegalArgumentException if a value is neither text, long nor finite double
   */
  public Provenance {
    Map<String, Object> copy = new LinkedHashMap<>(entries);
    copy.forEach(
        (name, value) -> {
          Objects.requireNonNull(name, "name");
          if (!(value instanceof String || value instanceof Long)
              && !(value instanceof Double number && Double.isFinite(number))) {
            throw new IllegalArgumentException(
                "provenance: " + name + " must be a text or a finite number, is " + value);
          }
        });
    entries = Collections.unmodifiableMap(copy);
  }

  /** Nothing known. */
  public static Provenance empty() {
    return new Provenance(Map.of());
  }

  /** This and one text more; one of that name is replaced. */
  public Provenance with(String name, String text) {
    return added(name, text);
  }

  /** This and one whole number more; one of that name is replaced. */
  public Provenance with(String name, long number) {
    return added(name, number);
  }

  /**
   * This and one number more; one of that name is replaced.
   *
   * @throws IllegalArgumentException if the number is not finite
   */
  public Provenance with(String name, double number) {
    return added(name, number);
  }

  private Provenance added(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(entries);
    all.put(name, value);
    return new Provenance(all);
  }

  /** The text of that name; empty if there is none or it is a number. */
  public Optional<String> text(String name) {
    return entries.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The number of that name; empty if there is none or it is a text. */
  public OptionalDouble number(String name) {
    return entries.get(name) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }
}
