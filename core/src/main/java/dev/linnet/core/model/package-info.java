/**
 * What a search leaves: a trained network in one file, {@code model.linnet}, that is made to last;
 * reading, writing and predicting. Needs nothing but this module.
 */
package dev.linnet.core.model;
