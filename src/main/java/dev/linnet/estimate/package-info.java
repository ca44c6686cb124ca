/** How good a network is, and what it costs: by the supernet, by training, by the clock. */
package dev.linnet.estimate;
