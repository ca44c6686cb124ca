/** Published tables: what is known of every architecture of a space, so that nothing is trained. */
package dev.linnet.estimate.table;
