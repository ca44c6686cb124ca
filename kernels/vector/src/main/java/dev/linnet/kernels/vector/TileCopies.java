package dev.linnet.kernels.vector;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The copies of {@link ConvTile} and {@link RowTile} that a backend uses. Until C2 has compiled it,
 * a copy is hundreds of times slower than afterwards, so a thread in the background runs every new
 * copy on small arrays until it is fast.
 */
final class TileCopies implements AutoCloseable {
  /** Copies for one pixel stride each, beyond the few that serve any. */
  private static final int MOST_SPECIAL = 128;

  /** Cycles of gathering after which such a copy is made: about what C2 takes to compile it. */
  static final long WORTH = 200_000_000L;

  /** Copies of one shape that are tried until HotSpot compiles one. */
  private static final int ATTEMPTS = 5;

  private final long worth;
  private final ConcurrentHashMap<TileShape, Copy> copies = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<TileShape, Special> specials = new ConcurrentHashMap<>();
  private final AtomicInteger specialCopies = new AtomicInteger();
  private final AtomicInteger warm = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService warmUp =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "linnet-warm-up");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * None yet.
   *
   * @param worth multiplications after which a copy for one pixel stride is made; 0: it is used
   *     from the start
   */
  TileCopies(long worth) {
    this.worth = worth;
  }

  /** A copy that may still be warming up. */
  final class Copy {
    private final TileShape shape;
    private final CompletableFuture<Tile> ready = new CompletableFuture<>();
    private volatile Tile tile;

    private Copy(TileShape shape) {
      this.shape = shape;
    }

    TileShape shape() {
      return shape;
    }

    /** The tile, or null while it is warming up. */
    Tile ifWarm() {
      return tile;
    }

    /** The tile; waits while it is warming up. */
    Tile await() {
      Tile result = tile;
      return result != null ? result : ready.join();
    }

    private void prepare() {
      try {
        long start = System.nanoTime();
        Tile result = shape.copy();
        for (int i = 1; !WarmUp.run(result, shape) && i < ATTEMPTS; i++) {
          result = shape.copy();
        }
        nanos.addAndGet(System.nanoTime() - start);
        warm.incrementAndGet();
        tile = result;
        ready.complete(result);
      } catch (RuntimeException | Error e) {
        ready.completeExceptionally(e);
      }
    }
  }

  /** The copy of a shape, made if it is new. */
  Copy get(TileShape shape) {
    return copies.computeIfAbsent(shape, this::start);
  }

  /** The copy for one layer's pixel stride, which comes to life when it is worth it. */
  Special special(TileShape shape) {
    return specials.computeIfAbsent(shape, Special::new);
  }

  /**
   * A copy with the pixel stride of some layers. It is made once these have gathered so much that
   * compiling it pays; until then, and beyond a number of such copies, they gather panels, with the
   * same sums in the same order.
   */
  final class Special {
    private final TileShape shape;
    private final AtomicLong work = new AtomicLong();
    private volatile Copy copy;

    private Special(TileShape shape) {
      this.shape = shape;
    }

    TileShape shape() {
      return shape;
    }

    /**
     * Counts work.
     *
     * @param cycles about as many as the caller is going to spend on gathering panels
     * @return the tile, or null where there is none yet
     */
    Tile use(long cycles) {
      Copy made = copy;
      if (made != null) {
        return made.ifWarm();
      }
      if (worth == 0) {
        return get(shape).await();
      }
      long before = work.getAndAdd(cycles);
      if (before < worth
          && before + cycles >= worth
          && specialCopies.getAndIncrement() < MOST_SPECIAL) {
        copy = get(shape);
      }
      return null;
    }
  }

  private Copy start(TileShape shape) {
    Copy copy = new Copy(shape);
    warmUp.execute(copy::prepare);
    return copy;
  }

  /** Copies that were asked for. */
  int asked() {
    return copies.size();
  }

  /** Copies that are warm. */
  int warm() {
    return warm.get();
  }

  /** How many are warm, and how long making and warming them took so far. */
  String made() {
    return String.format(
        Locale.ROOT, "kernels compiled: %d, in %.1f s", warm(), nanos.get() * 1e-9);
  }

  @Override
  public void close() {
    warmUp.shutdownNow();
  }
}
