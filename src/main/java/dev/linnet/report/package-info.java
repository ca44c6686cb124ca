/** The page that tells a run from its folder. */
package dev.linnet.report;
