/** Pictures as text: SVG elements and scales. */
package dev.linnet.bench.draw;
