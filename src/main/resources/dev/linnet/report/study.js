"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const color = name => `var(--${name})`;
  const palette = ["evolution", "random", "hand", "winner", "supernet", "muted"];
  const dashes = ["solid", [6, 4], [2, 3]];
  const font = getComputedStyle(document.body).fontFamily;
  const text = { color: color("muted"), fontFamily: font, fontSize: 12 };
  const logarithmic = !data.maximize;

  function axis(name, more) {
    return {
      name,
      nameLocation: "middle",
      nameGap: 30,
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { show: true, onZero: false, lineStyle: { color: color("line") } },
      splitLine: { lineStyle: { color: color("grid") } },
      ...more,
    };
  }

  // nothing below 0 can be drawn on a logarithmic scale
  const drawn = value => (logarithmic && value <= 0 ? null : value);

  /** The ends of the confidence intervals, as thin lines. */
  function bounds(strategy, hue) {
    return [-1, 1].map(sign => ({
      type: "line", name: strategy.name, id: `${strategy.name} ${sign}`, showSymbol: false, z: 1, silent: true,
      emphasis: { disabled: true },
      data: strategy.meanCurve.map((m, i) => [i + 1, drawn(m + sign * strategy.errors[i])]),
      itemStyle: { color: hue },
      lineStyle: { color: hue, width: 1, opacity: 0.45 },
    }));
  }

  /** A tooltip of text nodes, so that no name becomes markup. */
  function tip(points) {
    const box = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = `${points[0].value[0]} queries`;
    box.append(head);
    for (const point of points.filter(p => p.seriesId.startsWith("curve "))) {
      const row = document.createElement("div");
      row.textContent = `${point.seriesName}: ${point.value[1] == null ? "0" : point.value[1].toFixed(4)}`;
      box.append(row);
    }
    return box;
  }

  function draw(name, values, withBand) {
    const plot = document.querySelector(`[data-chart="${name}"]`);
    const series = [];
    data.strategies.forEach((strategy, s) => {
      const hue = color(palette[s % palette.length]);
      series.push({
        type: "line", name: strategy.name, id: `curve ${strategy.name}`, showSymbol: false, z: 2,
        emphasis: { disabled: true },
        data: values(strategy).map((v, i) => [i + 1, drawn(v)]),
        itemStyle: { color: hue },
        lineStyle: { color: hue, width: 2, type: dashes[Math.floor(s / palette.length) % dashes.length] },
      });
      if (withBand) {
        series.push(...bounds(strategy, hue));
      }
    });
    const chart = echarts.init(plot, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: font },
      aria: { enabled: true },
      grid: { left: 8, right: 20, top: 56, bottom: 28, containLabel: true },
      legend: { top: 0, textStyle: { ...text, fontSize: 13 }, data: data.strategies.map(s => s.name) },
      tooltip: {
        trigger: "axis", confine: true, backgroundColor: color("surface"), borderColor: color("line"),
        textStyle: { color: color("ink"), fontFamily: font, fontSize: 13 },
        formatter: tip,
      },
      xAxis: axis("queries", { type: "value", min: 0, max: data.trials }),
      yAxis: axis("", { type: logarithmic ? "log" : "value", scale: true }),
      series,
    });
    addEventListener("resize", () => chart.resize());
  }

  draw("mean", s => s.meanCurve, true);
  draw("median", s => s.medians, false);
})();
