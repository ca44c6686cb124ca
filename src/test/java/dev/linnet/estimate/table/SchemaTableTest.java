package dev.linnet.estimate.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.linnet.core.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTableTest {
  private static final String SCHEMA =
      """
      {"name": "mine",
       "choices": ["kernel", {"column": "act", "options": ["relu", "silu"]}],
       "objectives": [
         {"name": "accuracy", "search": {"10": "e10", "40": ["s1", "s2"]}, "report": ["test"],
          "unit": "fraction"},
         {"name": "latency:phone", "search": "ms", "unit": "ms"}],
       "cost": {"params": "size", "seconds": {"10": "t10", "40": "t40"}}}
      """;
  private static final String CSV =
      """
      kernel,act,e10,s1,s2,test,ms,size,t10,t40,"note, quoted"
      11,silu,0.5,0.7,0.8,0.75,3.5,100,10,40,"says ""well"", so"
      3,relu,0.4,0.6,0.7,0.65,2.5,50,5,20,

      3,silu,0.3,0.9,0.8,0.85,1e1,200,20,80,x
      """;

  @TempDir private Path folder;

  private Table read(String table, String schema) throws IOException {
    Path file = Files.writeString(folder.resolve("table"), table);
    return TableFile.read(file, Files.writeString(folder.resolve("schema.json"), schema));
  }

  @Test
  void columnsAreChoicesObjectivesBudgetsAndCosts() throws IOException {
    Table table = read(CSV, SCHEMA);
    assertEquals("mine", table.name());
    assertEquals(3, table.rows());
    assertEquals(List.of("3", "11"), table.space().genes().get(0).options());
    assertEquals(List.of("relu", "silu"), table.space().genes().get(1).options());
    int row = table.row(table.space().genotype(1, 1));
    Measure accuracy = table.measure("accuracy");
    assertEquals(2, accuracy.runs());
    assertEquals(0.8, accuracy.level(1).runs()[1][row]);
    assertEquals(0.5, accuracy.level(0.25).runs()[0][row]);
    assertEquals(0.75, accuracy.reported(row));
    assertEquals(0.85, table.optimum(accuracy));
    assertEquals(3.5, table.measure("phone").reported(row));
    assertEquals(100, table.params(row));
    assertEquals(10, table.seconds(row, 0.25));
    assertEquals(40, table.seconds(row, 1));
    assertTrue(table.hasClock());
    assertEquals(-1, table.row(table.space().genotype(1, 0)), "11 with relu has no row");
    assertThrows(
        IllegalArgumentException.class,
        () -> table.space().decode(table.genotype(0), null),
        "there are no networks behind the rows");
  }

  @Test
  void jsonLinesSayTheSame() throws IOException {
    String lines =
        """
        {"kernel": 11, "act": "silu", "e10": 0.5, "s1": 0.7, "s2": 0.8, "test": 0.75, "ms": 3.5, "size": 100, "t10": 10, "t40": 40, "more": [1]}

        {"kernel": 3, "act": "relu", "e10": 0.4, "s1": 0.6, "s2": 0.7, "test": 0.65, "ms": 2.5, "size": 50, "t10": 5, "t40": 20}
        {"kernel": 3, "act": "silu", "e10": 0.3, "s1": 0.9, "s2": 0.8, "test": 0.85, "ms": 1e1, "size": 200, "t10": 20, "t40": 80}
        """;
    Table csv = read(CSV, SCHEMA);
    Table table = read(lines, SCHEMA);
    assertEquals(csv.space().id(), table.space().id());
    for (Measure measure : csv.measures()) {
      assertArrayEquals(measure.reported(), table.measure(measure.name()).reported());
    }
    assertRefused(lines.replace("0.65,", "\"x\","), SCHEMA, "line 3, column test: 'x' is no");
    assertRefused(lines.replace("\"s1\": 0.9, ", ""), SCHEMA, "line 4: unknown column 's1'");
    assertRefused(lines.replace("0.65,", "null,"), SCHEMA, "line 3, column test: a number or");
    assertRefused(lines.replace("0.65,", "NaN,"), SCHEMA, "line 3, column");
    assertRefused("{\"kernel\": 3\n", SCHEMA, "line 1, column");
  }

  @Test
  void aTableOfABuiltInSpaceIsReadByTheTextOfItsGenotypes() throws IOException {
    String schema =
        """
        {"name": "cells", "space": "macro", "genotype": "net",
         "objectives": [{"name": "accuracy", "search": "acc"}]}
        """;
    Table table = read("acc,net\n90,22212202\n80,00000000\n", schema);
    assertEquals(
        90, table.measure("accuracy").reported(table.row(table.space().parse("22212220"))));
    assertRefused("acc,net\n90,2221220\n", schema, "line 2, column net: macro: expected 8 digits");
  }

  @Test
  void wrongTablesAreNamedByLineAndColumn() throws IOException {
    assertRefused(CSV.replace("0.65", "NaN"), SCHEMA, "line 3, column test: 'NaN' is no finite");
    assertRefused(CSV.replace("0.65", "65"), SCHEMA, "line 3, column test: 65 is outside of the");
    assertRefused(CSV.replace("0.65", "0x1p3"), SCHEMA, "line 3, column test: '0x1p3'");
    assertRefused(CSV.replace("3,relu", "3,tanh"), SCHEMA, "line 3, column act", "no option");
    assertRefused(CSV.replace("3,relu", "3,silu"), SCHEMA, "line 5", "already, at line 3");
    assertRefused(CSV.replace("3,relu", ",relu"), SCHEMA, "choice \"kernel\"", "empty");
    assertRefused(CSV.replace(",200,", ",-200,"), SCHEMA, "line 5, column size: -200 is below 0");
    assertRefused(CSV.replace("kernel", "kernl"), SCHEMA, "line 1: unknown column 'kernel'");
    assertRefused(CSV.replace("so\"", "so"), SCHEMA, "line 2: the quote at", "is not closed");
    assertRefused("", SCHEMA, "line 1: the names of the columns were expected");
    assertRefused(CSV.lines().findFirst().orElseThrow(), SCHEMA, "there is no row");
  }

  @Test
  void wrongSchemasAreNamedByTheirPart() throws IOException {
    assertRefused(CSV, SCHEMA.replace("}}", "}"), "schema.json: line");
    assertRefused(CSV, SCHEMA.replace("\"choices\"", "\"choises\""), "did you mean choices?");
    assertRefused(CSV, SCHEMA.replace("\"mine\"", "\"my table\""), "name: letters, digits");
    assertRefused(
        CSV, SCHEMA.replace("\"fraction\"", "\"points\""), "objectives[0]: a goal was expected");
    assertRefused(
        CSV, SCHEMA.replace("\"10\": \"e10\"", "\"ten\": \"e10\""), "search/ten: a budget above 0");
    assertRefused(
        CSV, SCHEMA.replace("\"latency:phone\"", "\"accuracy\""), "two are called accuracy");
    assertRefused(CSV, SCHEMA.replace("[\"s1\", \"s2\"]", "[]"), "search/40: a list of at least");
    assertRefused(
        CSV, SCHEMA.replace("\"choices\"", "\"space\": \"cell\", \"choices\""), "either choices");
    assertRefused(
        CSV,
        SCHEMA.replace("\"unit\": \"ms\"", "\"unit\": \"ms\", \"range\": [3, 1]"),
        "range: 3.0 is not below 1.0");
    assertRefused(
        CSV,
        SCHEMA.replace("\"unit\": \"ms\"", "\"unit\": \"ms\", \"goal\": \"low\""),
        "unknown goal 'low'; known are max, min");
  }

  private void assertRefused(String table, String schema, String... parts) throws IOException {
    String message = assertThrows(DataException.class, () -> read(table, schema)).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
