package dev.linnet.space;

import dev.linnet.text.Nearest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built-in search spaces by name. */
public final class Spaces {
  private static final Pattern CELLS = Pattern.compile("cell-([1-9][0-9]?)");

  private Spaces() {}

  /** The names of the built-in spaces. */
  public static List<String> names() {
    return List.of("conv", "cell", "macro", "mobile", "efficient");
  }

  /** Whether a built-in space has that name. */
  static boolean isBuiltIn(String name) {
    return names().contains(name) || CELLS.matcher(name).matches();
  }

  /**
   * The built-in space of that name; {@code cell-5} is {@code cell} with five cells per stage,
   * {@code conv-tuned} is {@code conv} with {@link Tuning}.
   *
   * @throws IllegalArgumentException in one line that says the known names
   */
  public static SearchSpace named(String name) {
    if (name.endsWith(Tuning.SUFFIX)) {
      return Tuning.of(named(name.substring(0, name.length() - Tuning.SUFFIX.length())));
    }
    Matcher cells = CELLS.matcher(name);
    if (cells.matches()) {
      return CellSpace.space(Integer.parseInt(cells.group(1)));
    }
    return switch (name) {
      case "conv" -> ConvSpace.space();
      case "cell" -> CellSpace.space();
      case "macro" -> MacroSpace.space();
      case "mobile" -> MobileSpace.space();
      case "efficient" -> EfficientSpace.space();
      default -> throw new IllegalArgumentException(Nearest.unknown("space", name, names()));
    };
  }
}
