package dev.linnet.estimate.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The records of a file, one after the other: the wanted columns, as text. */
interface Records extends Closeable {
  /**
   * The next record.
   *
   * @return the values in the order of the wanted columns; empty at the end
   * @throws dev.linnet.core.data.DataException if the record is not well-formed or lacks a column
   */
  Optional<String[]> next() throws IOException;

  /** Where the last record stands, such as {@code line 7}. */
  String place();
}
