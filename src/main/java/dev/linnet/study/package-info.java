/** Studies: search strategies side by side on a table, many times over. */
package dev.linnet.study;
