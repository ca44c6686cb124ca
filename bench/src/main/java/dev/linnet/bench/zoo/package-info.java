/** The networks that are measured, here and beside other engines. */
package dev.linnet.bench.zoo;
