package dev.linnet.data;

import dev.linnet.core.data.Augmentation;
import dev.linnet.core.data.Splits;

/**
 * A data set that is ready to be searched on.
 *
 * @param name what {@code --data} named, or the last part of the path
 * @param description one line for people: sizes, classes, and which splits were carved out
 * @param splits the search sees {@link Splits#searchData()}, the final test the rest
 * @param provenance for models and reports
 * @param augmentation what suits these images in training
 */
public record LoadedData(
    String name,
    String description,
    Splits splits,
    Provenance provenance,
    Augmentation augmentation) {}
