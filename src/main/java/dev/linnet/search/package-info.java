/** Search strategies, what they ask and are told, and the record of a run. */
package dev.linnet.search;
