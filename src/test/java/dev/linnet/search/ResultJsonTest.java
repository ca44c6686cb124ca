package dev.linnet.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linnet.core.exec.Backend;
import dev.linnet.core.exec.BackendProvider;
import dev.linnet.core.exec.Backends;
import dev.linnet.core.exec.ParameterStore;
import dev.linnet.core.graph.Graph;
import dev.linnet.core.model.Metadata;
import dev.linnet.core.model.Model;
import dev.linnet.core.model.Preprocessing;
import dev.linnet.core.model.Provenance;
import dev.linnet.core.nn.Weights;
import dev.linnet.core.train.Networks;
import dev.linnet.data.LoadedData;
import dev.linnet.search.SearchResult.Ranking;
import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import dev.linnet.space.SearchSpace;
import dev.linnet.supernet.Tiny;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
  private static final SearchSpace SPACE = Tiny.space();
  private static final Genotype GENOTYPE = SPACE.genotype(1, 0, 0);

  private static SearchResult result(Ranking ranking) {
    return result(ranking, "evolution", List.of(Objective.ACCURACY), List.of());
  }

  private static SearchResult result(
      Ranking ranking, String strategy, List<Objective> objectives, List<FrontMember> front) {
    LoadedData data = Tiny.data(40, 20, 30);
    NetworkResult best =
        new NetworkResult(
            "evolution-1",
            "candidate",
            Optional.of(GENOTYPE),
            2 / 3.0,
            0.75,
            new Cost(1234, 56_789, 4000),
            0.123456);
    NetworkResult byHand =
        new NetworkResult(
            "resnet-8", "hand-designed", Optional.empty(), 0.5, 0.25, new Cost(7, 8, 9), 1);
    return new SearchResult(
        new SearchOptions(
            data,
            SPACE,
            strategy,
            objectives,
            Constraints.none().withMaxMacs(60_000),
            11,
            2,
            "scalar",
            OptionalInt.of(8),
            Optional.of(Duration.ofSeconds(30)),
            "linnet search"),
        "scalar, 2 threads",
        "supernet",
        8,
        best,
        List.of(byHand),
        front,
        ranking,
        12.3456,
        false,
        model(data));
  }

  private static Model model(LoadedData data) {
    Graph graph =
        Networks.inference(
            SPACE.decode(GENOTYPE, Tiny.task(data)), Tiny.task(data).images(1), Weights.own());
    BackendProvider.Options one = new BackendProvider.Options(1);
    try (Backend backend = Backends.open("scalar", one, line -> {})) {
      ParameterStore store = new ParameterStore(backend);
      store.initialize(graph, 1);
      return Model.of(
          graph,
          store,
          new Metadata(
              data.provenance().classes(),
              new Preprocessing(8, 8, 1, new float[] {0}, new float[] {1}),
              GENOTYPE.toString(),
              SPACE.name(),
              Provenance.empty()));
    }
  }

  private static JsonNode json(Ranking ranking) throws IOException {
    return new ObjectMapper().readTree(ResultJson.text(result(ranking)));
  }

  @Test
  void itHasEveryFieldWithItsValue() throws IOException {
    JsonNode json = json(new Ranking(4, 2 / 3.0, -0.5));
    assertEquals(11, json.required("seed").asInt());
    assertEquals("few-digits", json.required("data").asText());
    assertEquals("tiny", json.required("space").asText());
    assertEquals("evolution", json.required("strategy").asText());
    assertEquals("supernet", json.required("estimator").asText());
    assertEquals("scalar, 2 threads", json.required("backend").asText());
    assertEquals(12.346, json.required("seconds").asDouble());
    assertEquals(8, json.required("trials").asInt());
    assertEquals("linnet search", json.required("command").asText());
    assertEquals(2, json.required("threads").asInt());
    assertEquals(30, json.required("testImages").asInt());
    assertEquals(64, json.required("dataSha256").asText().length());
    assertEquals(Runtime.version().toString(), json.required("jvm").asText());
    assertEquals(Versions.linnet(), json.required("version").asText());
    assertTrue(json.required("interrupted").isBoolean());
    assertEquals(4, json.required("rank").required("networks").asInt());
    assertEquals(0.6667, json.required("rank").required("kendallSupernet").asDouble());
    assertEquals(-0.5, json.required("rank").required("kendallMacs").asDouble());
  }

  @Test
  void theWinnerHasItsGenotypeCostAndTheChecksumOfItsWeights() throws IOException {
    SearchResult result = result(new Ranking(1, Double.NaN, Double.NaN));
    JsonNode best = ResultJson.node(result).required("best");
    assertEquals(GENOTYPE, SPACE.parse(best.required("genotype").asText()));
    assertEquals(0.666667, best.required("valAccuracy").asDouble());
    assertEquals(0.75, best.required("testAccuracy").asDouble());
    assertEquals(1234, best.required("params").asLong());
    assertEquals(56_789, best.required("macs").asLong());
    assertEquals(0.1235, best.required("latencyMs").asDouble());
    assertEquals(result.model().weightsChecksum(), best.required("weights").asText());
  }

  @Test
  void aBaselineByHandHasNoGenotype() throws IOException {
    JsonNode baselines = json(new Ranking(1, 0, 0)).required("baselines");
    assertEquals(1, baselines.size());
    assertTrue(baselines.get(0).required("genotype").isNull());
    assertEquals("resnet-8", baselines.get(0).required("name").asText());
    assertEquals(0.25, baselines.get(0).required("testAccuracy").asDouble());
    assertEquals(7, baselines.get(0).required("params").asLong());
    assertEquals(8, baselines.get(0).required("macs").asLong());
    assertEquals(1, baselines.get(0).required("latencyMs").asDouble());
  }

  @Test
  void theFrontIsThereForSeveralObjectivesWithTheLatenciesOfTheEndAndOfTheSearch()
      throws IOException {
    List<FrontMember> front =
        List.of(new FrontMember(GENOTYPE, 2 / 3.0, new Cost(12, 345, 6789), 0.25, 0.5));
    SearchResult result =
        result(
            new Ranking(1, 0, 0), "nsga2", List.of(Objective.ACCURACY, Objective.LATENCY), front);
    JsonNode json = new ObjectMapper().readTree(ResultJson.text(result));
    assertEquals("[\"accuracy\",\"latency\"]", json.required("objectives").toString());
    assertEquals(1, json.required("front").size());
    JsonNode member = json.required("front").get(0);
    assertEquals(GENOTYPE, SPACE.parse(member.required("genotype").asText()));
    assertEquals(0.666667, member.required("valAccuracy").asDouble());
    assertEquals(12, member.required("params").asLong());
    assertEquals(345, member.required("macs").asLong());
    assertEquals(6789, member.required("peakBytes").asLong());
    assertEquals(0.25, member.required("latencyMs").asDouble());
    assertEquals(0.5, member.required("searchLatencyMs").asDouble());
    assertFalse(json(new Ranking(1, 0, 0)).has("front"));
  }

  @Test
  void aCorrelationThatIsNotDefinedIsNull() throws IOException {
    JsonNode rank = json(new Ranking(1, Double.NaN, Double.NaN)).required("rank");
    assertTrue(rank.required("kendallSupernet").isNull());
    assertTrue(rank.required("kendallMacs").isNull());
  }

  @Test
  void theConstraintsThatAreSetAreRecorded() throws IOException {
    JsonNode constraints = json(new Ranking(1, 0, 0)).required("constraints");
    assertEquals(60_000, constraints.required("maxMacs").asLong());
    assertEquals(1, constraints.size());
  }
}
