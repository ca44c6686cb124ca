package dev.linnet.study;

/**
 * How one strategy fared in one repeat.
 *
 * @param values after 1, 2, … queries: the regret of what was recommended, or with several
 *     objectives the hypervolume of what was found
 * @param asked after how many queries the optimum had been asked; 0 if it never was
 * @param late the mean of what is reported of the networks that were asked in the last third of the
 *     queries, by the first objective; NaN if none was
 * @param seconds after 1, 2, … queries: the simulated clock; empty if the table has no times
 */
record Curve(double[] values, int asked, double late, double[] seconds) {}
