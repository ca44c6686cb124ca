package dev.linnet.kernels.vector;

import dev.linnet.core.exec.Args;
import dev.linnet.core.exec.HostKernel;
import dev.linnet.core.exec.Layout;
import java.util.Arrays;

/**
 * The gradient of a convolution with respect to its weights for any geometry and layout: images of
 * 1 or 3 channels, dilation, groups, paddings that no border covers. Inputs: dy, x.
 *
 * <p>As {@link WeightGradient}, but the patches of a few pixels and their dy are gathered into
 * panels first. One slice a group and kernel row.
 */
final class PatchWeightGradient implements HostKernel {
  /** Pixels of a panel. */
  private static final int PIXELS = 64;

  private static final int LANES = Width.LANES;

  private final Layout dy;
  private final Sweep sweep;
  private final Patches[] groups;
  private final int outputs;
  private final int inputs;
  private final int vectors;
  private final int rows;
  private final int span;
  private final TileCopies.Copy[] copies = new TileCopies.Copy[2];
  private final Tile.Reduction[] reductions = new Tile.Reduction[2];
  private final Scratch scratch;

  /**
   * For a convolution.
   *
   * @param sweep the forward one
   * @param outputs channels of dy a group
   * @param inputs channels of x a group
   */
  PatchWeightGradient(
      Layout dy,
      Layout x,
      Sweep sweep,
      int count,
      int outputs,
      int inputs,
      TileCopies all,
      Scratch scratch) {
    this.dy = dy;
    this.sweep = sweep;
    this.outputs = outputs;
    this.inputs = inputs;
    this.scratch = scratch;
    this.vectors = (outputs + LANES - 1) / LANES;
    this.groups = new Patches[count];
    for (int i = 0; i < count; i++) {
      groups[i] = new Patches(sweep, x, i * inputs, inputs, false);
    }
    int floats = groups[0].rowFloats();
    this.rows = Math.min(8, TileShape.mostRows(2));
    this.span = (floats + rows - 1) / rows * rows;
    for (int v = 1; v <= Math.min(2, vectors); v++) {
      if (v == 2 || vectors % 2 == 1) {
        copies[v - 1] = all.get(TileShape.inPlace(rows, v));
        reductions[v - 1] =
            new Tile.Reduction(
                1, 0, 1, 0, PIXELS, span, vectors * LANES, 0, 0, LANES, vectors * LANES, LANES);
      }
    }
  }

  private int sums() {
    return span * vectors * LANES;
  }

  @Override
  public int workspace() {
    return groups.length * sweep.rowTaps().length * sums();
  }

  @Override
  public int slices(int pass) {
    return groups.length * sweep.rowTaps().length;
  }

  @Override
  public void run(Args args, int pass, int slice) {
    int group = slice / sweep.rowTaps().length;
    int row = slice % sweep.rowTaps().length;
    int at = slice * sums();
    Arrays.fill(args.scratch(), at, at + sums(), 0);
    float[] panels = scratch.get(PIXELS * (span + vectors * LANES));
    Arrays.fill(panels, 0, PIXELS * (span + vectors * LANES), 0);
    int total = dy.batch() * dy.height() * dy.width();
    for (int p = 0; p < total; p += PIXELS) {
      int count = Math.min(PIXELS, total - p);
      gather(args, group, row, p, count, panels);
      Arrays.fill(panels, count * span, PIXELS * span, 0); // pixels that there are not
      for (int k = 0; k < span; k += rows) {
        for (int v = 0; v < vectors; v += 2) {
          int nv = Math.min(2, vectors - v);
          int w = PIXELS * span + v * LANES;
          int to = at + k * vectors * LANES + v * LANES;
          copies[nv - 1].await().once(reductions[nv - 1], panels, k, panels, w, args.scratch(), to);
        }
      }
    }
    store(args, group, row, at);
  }

  private void gather(Args args, int group, int row, int first, int count, float[] panels) {
    int n = first / (dy.height() * dy.width());
    int u = first / dy.width() % dy.height();
    int v = first % dy.width();
    for (int i = 0; i < count; i++) {
      groups[group].gather(args.in(1), n, u, v, row, row + 1, panels, i * span);
      int to = PIXELS * span + i * vectors * LANES;
      System.arraycopy(args.in(0), dy.index(n, u, v) + group * outputs, panels, to, outputs);
      if (++v == dy.width()) {
        v = 0;
        if (++u == dy.height()) {
          u = 0;
          n++;
        }
      }
    }
  }

  private void store(Args args, int group, int row, int at) {
    int columns = sweep.columnTaps().length;
    int taps = sweep.taps();
    for (int j = 0; j < columns; j++) {
      for (int c = 0; c < inputs; c++) {
        int from = at + (j * inputs + c) * vectors * LANES;
        for (int o = 0; o < outputs; o++) {
          int to = ((group * outputs + o) * inputs + c) * taps + row * columns + j;
          args.out()[to] = args.scratch()[from + o];
        }
      }
    }
  }
}
