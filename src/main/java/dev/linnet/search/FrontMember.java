package dev.linnet.search;

import dev.linnet.space.Cost;
import dev.linnet.space.Genotype;

/**
 * A network on the Pareto front that a search found.
 *
 * @param genotype in canonical form
 * @param accuracy the estimate on the validation images, a fraction of 1, comparable within a front
 * @param cost at inference
 * @param latencyMs milliseconds for one image, measured again at the end of the search
 * @param searchLatencyMs what was measured when the search tried it; NaN if nothing was
 */
public record FrontMember(
    Genotype genotype, double accuracy, Cost cost, double latencyMs, double searchLatencyMs) {}
