/** Training: optimizers, schedules, the training step as a graph, the trainer, evaluation. */
package dev.linnet.core.train;
