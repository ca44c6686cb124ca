"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  // SVG takes custom properties as colours: scheme and print need no drawing anew
  const color = name => `var(--${name})`;
  // of a network, by its role
  const roles = {
    candidate: color("evolution"), random: color("random"), "hand-designed": color("hand"),
  };
  // of a candidate, by who asked for it; where random search is the strategy itself, its baseline
  // has a name of its own
  const baseline = { color: color("random"), symbol: "triangle", dash: [6, 4] };
  const strategy = { color: color("evolution"), symbol: "circle", dash: "solid" };
  const twice = data.candidates.some(c => c.by === "random-baseline");
  const sides = {
    evolution: { ...strategy, name: "Evolution" },
    random: { ...(twice ? strategy : baseline), name: "Random search" },
    "random-baseline": { ...baseline, name: "Random search, baseline" },
  };
  const side = by => sides[by] || { ...strategy, color: color("muted"), name: by };
  const askers = [...new Set(data.candidates.map(c => c.by))];

  const percent = (value, digits = 2) => `${(100 * value).toFixed(digits)} %`;
  const count = value => value.toLocaleString("en-US");
  const brief = value => {
    const steps = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];
    const [size, prefix] = steps.find(([s]) => value >= s) || [1, ""];
    return `${+(value / size).toPrecision(3)} ${prefix}`.trim();
  };

  /** A tooltip of text nodes, so that no name becomes markup. */
  function tip(title, lines) {
    const box = document.createElement("div");
    box.className = "chart-tip";
    const head = document.createElement("b");
    head.textContent = title;
    box.append(head);
    for (const line of lines.filter(Boolean)) {
      const row = document.createElement("div");
      row.textContent = line;
      box.append(row);
    }
    return box;
  }

  const font = getComputedStyle(document.body).fontFamily;
  const text = { color: color("muted"), fontFamily: font, fontSize: 12 };

  function axis(name, more) {
    return {
      name,
      nameLocation: "middle",
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { show: true, onZero: false, lineStyle: { color: color("line") } },
      axisTick: { lineStyle: { color: color("line") } },
      splitLine: { lineStyle: { color: color("grid") } },
      minorSplitLine: { show: false },
      ...more,
    };
  }

  /** An axis of accuracies that shows the range of some values with a margin. */
  function accuracyAxis(values) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const span = Math.max(high - low, 0.01);
    const step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find(s => span / s <= 7) || 0.2;
    const min = Math.max(0, Math.floor((low - span * 0.06) / step) * step);
    const max = Math.min(1, Math.ceil((high + span * 0.06) / step) * step);
    const digits = step < 0.01 ? 1 : 0;
    return axis("", {
      type: "value", min, max, interval: step,
      axisLabel: { ...text, formatter: v => percent(v, digits), showMaxLabel: true },
    });
  }

  // a tick at every doubling of 1 M, or tenfold for a wide range; the library's own logarithmic axis
  // has no such ticks and rounds small ones to 0
  const costs = data.candidates.concat(data.trained).map(c => c.macs).filter(macs => macs > 0);
  const base = Math.max(...costs) / Math.min(...costs) > 200 ? 10 : 2;
  const logarithm = macs => Math.log(macs / 1e6) / Math.log(base);
  const position = c => [logarithm(c.macs), c.accuracy];

  function costAxis(values) {
    return axis("multiply-accumulates for one image (logarithmic)", {
      type: "value", nameGap: 30, interval: 1,
      min: Math.floor(logarithm(Math.min(...values) / 1.08)),
      max: Math.ceil(logarithm(Math.max(...values) * 1.08)),
      axisLabel: { ...text, hideOverlap: true, formatter: v => brief(1e6 * base ** v) },
    });
  }

  function frame(option) {
    return {
      animation: false,
      textStyle: { fontFamily: font },
      aria: { enabled: true },
      grid: { left: 8, right: 20, top: 14, bottom: 28, containLabel: true },
      legend: { show: false },
      tooltip: {
        confine: true, backgroundColor: color("surface"), borderColor: color("line"),
        textStyle: { color: color("ink"), fontFamily: font, fontSize: 13 },
      },
      ...option,
    };
  }

  const still = { emphasis: { disabled: true }, cursor: "default" };

  /** The accuracies without those so far below the others that they would press them together. */
  function typical(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const high = sorted[sorted.length - 1];
    const tenth = sorted[Math.floor(sorted.length / 10)];
    return sorted.filter(v => v >= tenth - 1.5 * (high - tenth));
  }

  /** A scatter chart of accuracy against cost, whose dots carry their tooltips. */
  function scatter(series, dots, plot) {
    const shown = typical(dots.map(c => c.accuracy));
    const yAxis = accuracyAxis(shown);
    const low = dots.filter(c => c.accuracy < yAxis.min).length;
    if (low) {
      for (const dot of series.flatMap(s => s.data)) {
        if (dot.value) dot.value[1] = Math.max(dot.value[1], yAxis.min);
      }
      plot.previousElementSibling.append(
        low === 1 ? " One far below the scale is drawn at its foot."
          : ` ${low} far below the scale are drawn at its foot.`);
    }
    const option = frame({ xAxis: costAxis(dots.map(c => c.macs)), yAxis, series });
    option.tooltip.trigger = "item";
    option.tooltip.formatter = p => p.data.about;
    return option;
  }

  /** The networks that were trained from scratch, by where they come from. */
  function finalists(networks, about) {
    const kinds = [
      ["Winner", t => t.winner, "diamond", 18, "winner"],
      ["Other finalists", t => !t.winner && t.role === "candidate", "diamond", 12, "evolution"],
      ["Finalists of random search", t => !t.winner && t.role === "random", "diamond", 12, "random"],
      ["Hand-designed", t => t.role === "hand-designed", "rect", 11, "hand"],
    ];
    return kinds.map(([name, belongs, symbol, size, fill]) => ({
      ...still, name, type: "scatter", symbol, symbolSize: size, clip: false,
      z: name === "Winner" ? 6 : 5,
      itemStyle: { color: color(fill), opacity: 1, borderColor: color("page"), borderWidth: 1.5 },
      data: networks.filter(belongs).map(t => ({
        value: position(t),
        about: tip(`${t.name}: ${percent(t.accuracy)}`, [
          about(t), `${count(t.macs)} MACs, ${count(t.params)} parameters`, t.genotype]),
      })),
    })).filter(series => series.data.length);
  }

  function estimates(plot) {
    const series = askers.map(by => ({
      ...still, name: side(by).name, type: "scatter", symbol: side(by).symbol, symbolSize: 7,
      clip: false, itemStyle: { color: side(by).color, opacity: 0.55 },
      data: data.candidates.filter(c => c.by === by).map(c => ({
        value: position(c),
        about: tip(percent(c.accuracy), [
          "estimated", `${count(c.macs)} MACs, ${count(c.params)} parameters`,
          `${c.by} ${c.number}${c.front ? ", on the Pareto front" : ""}`, c.genotype]),
      })),
    }));
    const front = data.candidates.filter(c => c.front).sort((a, b) => a.macs - b.macs);
    series.push({
      ...still, name: "Pareto front", type: "line", step: "end", symbol: "none", silent: true,
      lineStyle: { color: color("ink"), width: 1.3 }, itemStyle: { color: color("ink") },
      data: front.map(position), z: 1,
    });
    const chosen = data.candidates.filter(c => c.chosen);
    if (chosen.length) {
      series.push({
        ...still, name: `Front of ${data.result.objectives.join(" and ")}`, type: "scatter",
        symbol: "circle", symbolSize: 13, silent: true, clip: false, z: 4,
        itemStyle: { color: "transparent", borderColor: color("ink"), borderWidth: 1.3 },
        data: chosen.map(position),
      });
    }
    const marked = data.trained.filter(t => t.macs > 0 && t.estimate != null)
      .map(t => ({ ...t, trained: t.accuracy, accuracy: t.estimate }));
    series.push(...finalists(marked, t => `estimated; ${percent(t.trained)} after training`));
    return scatter(series, data.candidates, plot);
  }

  function trained(plot) {
    const networks = data.trained.filter(t => t.macs > 0 && t.accuracy != null);
    const about = t => t.estimate == null
      ? "after training from scratch"
      : `after training from scratch; estimated ${percent(t.estimate)}`;
    return scatter(finalists(networks, about), networks, plot);
  }

  /** Lines over a common count, told together at the count that is pointed at. */
  function lines(series, xName, yAxis, shown) {
    const last = Math.max(1, ...series.flatMap(s => s.data.map(d => d[0])));
    const option = frame({
      xAxis: axis(xName, {
        type: "value", min: last > 1 ? 1 : 0, max: last, minInterval: 1, nameGap: 28,
        splitLine: { show: false }, axisLabel: { ...text, hideOverlap: true, formatter: v => Number.isInteger(v) ? v : "" },
      }),
      yAxis,
      series: series.map(s => ({
        ...still, type: "line", showSymbol: s.data.length === 1, symbol: "circle", symbolSize: 6,
        ...s, lineStyle: { color: s.color, width: 1.8, type: s.dash || "solid" },
        itemStyle: { color: s.color },
      })),
    });
    Object.assign(option.tooltip, {
      trigger: "axis",
      axisPointer: { lineStyle: { color: color("muted") } },
      formatter: points => tip(`${xName} ${points[0].axisValue}`,
        points.map(p => `${p.seriesName}: ${shown(p.data[1])}`)),
    });
    return option;
  }

  function progress() {
    const series = askers.map(by => {
      let best = -1;
      const points = data.candidates.filter(c => c.by === by).map(c => {
        best = Math.max(best, c.accuracy);
        return [c.evaluation, best];
      });
      return {
        name: side(by).name, color: side(by).color, step: "end", data: points,
        dash: side(by).dash,
      };
    });
    const values = series.flatMap(s => s.data.map(d => d[1]));
    return lines(series, "evaluation", accuracyAxis(values), percent);
  }

  const lossAxis = () => axis("", { type: "value", scale: true });
  const loss = value => value == null ? "–" : value.toPrecision(3);

  function supernet(column, name, yAxis, shown) {
    const series = [{
      name, color: color("supernet"),
      data: data.supernet.map(p => [p[0], p[column]]).filter(p => p[1] != null),
    }];
    return lines(series, "epoch", yAxis(series[0].data.map(d => d[1])), shown);
  }

  function curves(column, yAxis, shown) {
    const winners = new Set(data.trained.filter(t => t.winner).map(t => t.name));
    const seen = {};
    const series = Object.entries(data.curves).map(([name, curve]) => {
      const nth = seen[curve.role] = (seen[curve.role] || 0) + 1;
      const winner = winners.has(name);
      const usual = roles[curve.role] || color("muted");
      return {
        name, color: winner ? color("winner") : usual, z: winner ? 4 : 2,
        dash: winner ? "solid" : [null, "solid", [6, 3], [2, 2], [8, 3, 2, 3]][Math.min(nth, 4)],
        data: curve.epochs.map(p => [p[0], p[column]]).filter(p => p[1] != null),
      };
    });
    const settled = s => s.data.slice(Math.floor(s.data.length / 6)).map(d => d[1]);
    return lines(series, "epoch", yAxis(series.flatMap(settled)), shown);
  }

  const charts = {
    "cost-estimate": estimates,
    "cost-trained": trained,
    progress,
    "supernet-loss": () => supernet(1, "loss", lossAxis, loss),
    "supernet-accuracy": () => supernet(2, "accuracy", accuracyAxis, percent),
    "curves-loss": () => curves(1, lossAxis, loss),
    "curves-accuracy": () => curves(3, accuracyAxis, percent),
  };

  /** The sign of a series as it is drawn in its chart. */
  function sign(series) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 22 12");
    const shapes = {
      circle: "M11 2.5a3.5 3.5 0 1 0 .01 0z", triangle: "M11 2l4.5 8h-9z",
      diamond: "M11 0l5 6-5 6-5-6z", rect: "M6.5 1.5h9v9h-9z",
    };
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    if (series.type === "line") {
      path.setAttribute("d", "M0 6H22");
      const dash = series.lineStyle.type;
      const style = `stroke:${series.lineStyle.color};stroke-width:2;`;
      path.setAttribute("style", style + (Array.isArray(dash) ? `stroke-dasharray:${dash}` : ""));
    } else {
      path.setAttribute("d", shapes[series.symbol]);
      path.setAttribute("style", `fill:${series.itemStyle.color}`);
    }
    svg.append(path);
    return svg;
  }

  /** Buttons that name the series of some charts and switch them on and off. */
  function legend(box, drawn) {
    const series = new Map(drawn.flatMap(d => d.option.series).map(s => [s.name, s]));
    for (const [name, one] of series.size > 1 ? series : []) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(sign(one), name);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", on);
        const type = on ? "legendSelect" : "legendUnSelect";
        drawn.forEach(({ chart }) => chart.dispatchAction({ type, name }));
      });
      box.append(button);
    }
  }

  const groups = {};
  for (const plot of document.querySelectorAll("[data-chart]")) {
    const chart = echarts.init(plot, null, { renderer: "svg" });
    const option = charts[plot.dataset.chart](plot);
    chart.setOption(option);
    new ResizeObserver(() => {
      if (!matchMedia("print").matches) chart.resize();
    }).observe(plot);
    (groups[plot.dataset.chart.split("-")[0]] ||= []).push({ chart, option });
  }
  // on paper, drawings shrink with their columns
  addEventListener("beforeprint", () => {
    for (const svg of document.querySelectorAll(".plot svg")) {
      svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    }
  });
  for (const box of document.querySelectorAll("[data-legend]")) {
    legend(box, groups[box.dataset.legend]);
  }
})();
