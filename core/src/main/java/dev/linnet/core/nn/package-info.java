/** Blocks of networks, written on the graph builder, and where their weights come from. */
package dev.linnet.core.nn;
