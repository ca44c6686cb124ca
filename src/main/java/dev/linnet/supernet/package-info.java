/** One network that holds the weights of all networks of a search space. */
package dev.linnet.supernet;
