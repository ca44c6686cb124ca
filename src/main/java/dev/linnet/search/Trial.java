package dev.linnet.search;

import dev.linnet.space.Genotype;

/**
 * One question of a strategy: how good is this genotype?
 *
 * @param number counts from 0 in the order of asking
 * @param genotype in canonical form
 */
public record Trial(int number, Genotype genotype) {}
