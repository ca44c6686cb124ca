/**
 * What can be chosen: search spaces, their genotypes, and the networks that genotypes stand for.
 */
package dev.linnet.space;
