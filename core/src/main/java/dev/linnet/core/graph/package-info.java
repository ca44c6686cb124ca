/**
 * The graph IR: an immutable list of nodes in topological order, one record per operation. An
 * operation says its output shape, its cost and its gradient in one place.
 */
package dev.linnet.core.graph;
