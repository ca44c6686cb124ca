package dev.linnet.core.graph;

/**
 * Several operations of a network in one pass over memory. Only {@link Fusion} makes them, when a
 * graph is planned: they are stored in no file and not differentiated.
 */
public sealed interface Fused extends Op
    permits FusedConv2d,
        NormActivation,
        NormActivation.AffineGradient,
        NormActivation.InputGradient {}
