package dev.linnet.space;

import dev.linnet.core.graph.Activation.Function;
import dev.linnet.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a space file can say of a part of a network, and which values it can have. */
enum Property {
  OPERATION("conv"),
  KERNEL("3"),
  EXPANSION("4"),
  SQUEEZE_EXCITE("false"),
  ACTIVATION("relu"),
  CHANNELS("16"),
  STRIDE("1"),
  RESOLUTION("full"),
  WIDTH("1");

  private final String usual;

  Property(String usual) {
    this.usual = usual;
  }

  private Values known() {
    return switch (this) {
      case OPERATION -> names("conv", "separable", "inverted-residual", "max-pool", "avg-pool");
      case KERNEL -> new Numbers(1, 11, 2, "an odd number from 1 to 11");
      case EXPANSION -> new Numbers(1, 16, 1, "a whole number from 1 to 16");
      case SQUEEZE_EXCITE -> names("false", "true");
      case ACTIVATION ->
          names(
              Arrays.stream(Function.values())
                  .map(f -> f.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                  .toArray(String[]::new));
      case CHANNELS -> new Numbers(1, 4096, 1, "a whole number from 1 to 4096");
      case STRIDE -> new Numbers(1, 2, 1, "1 or 2");
      case RESOLUTION -> names("full", "half", "third");
      case WIDTH -> new Positive();
    };
  }

  /** The key in the file. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value where the file says none. */
  String usual() {
    return usual;
  }

  /** What is wrong with a value, and what would be right; empty if nothing is. */
  Optional<String> objection(Located.Single value) {
    return known().objection(value).map(what -> key() + ": " + what);
  }

  /** Whether its values are whole numbers, so that it can be a range. */
  boolean isWhole() {
    return known() instanceof Numbers;
  }

  /** The operations for which a property of a block matters. */
  List<String> operations() {
    return switch (this) {
      case EXPANSION, SQUEEZE_EXCITE -> List.of("inverted-residual");
      case ACTIVATION -> List.of("conv", "separable", "inverted-residual");
      default -> OPERATION.options();
    };
  }

  private List<String> options() {
    return known() instanceof Names names ? names.known() : List.of();
  }

  private static Values names(String... known) {
    return new Names(List.of(known));
  }

  /** Which values there are. */
  private sealed interface Values {
    Optional<String> objection(Located.Single value);
  }

  private record Names(List<String> known) implements Values {
    @Override
    public Optional<String> objection(Located.Single value) {
      return known.contains(value.text())
          ? Optional.empty()
          : Optional.of(Nearest.unknown("value", value.text(), known));
    }
  }

  private record Numbers(int min, int max, int step, String right) implements Values {
    @Override
    public Optional<String> objection(Located.Single value) {
      boolean good =
          !value.quoted()
              && value.text().matches("[0-9]{1,6}")
              && Integer.parseInt(value.text()) >= min
              && Integer.parseInt(value.text()) <= max
              && (Integer.parseInt(value.text()) - min) % step == 0;
      return good ? Optional.empty() : Optional.of("'" + value.text() + "' is not " + right);
    }
  }

  private record Positive() implements Values {
    private static final double MOST = 16;

    @Override
    public Optional<String> objection(Located.Single value) {
      boolean good =
          !value.quoted()
              && value.text().matches("[0-9.]{1,9}")
              && Double.parseDouble(value.text()) > 0
              && Double.parseDouble(value.text()) <= MOST;
      return good
          ? Optional.empty()
          : Optional.of("'" + value.text() + "' is not a number above 0 and up to 16");
    }
  }
}
