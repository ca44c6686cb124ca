package dev.linnet.search;

import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;
import java.util.Optional;

/**
 * What a network came to in the end.
 *
 * @param name for people
 * @param role {@code candidate}, {@code random} or {@code hand-designed}
 * @param genotype empty for a hand-designed network
 * @param validation accuracy on the validation images, a fraction of 1
 * @param test accuracy on the test images, a fraction of 1
 * @param cost at inference
 * @param latencyMs the median milliseconds for one image on the run's backend
 */
public record NetworkResult(
    String name,
    String role,
    Optional<Genotype> genotype,
    double validation,
    double test,
    Cost cost,
    double latencyMs) {}
