"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  // SVG takes custom properties as colours: scheme and print need no drawing anew
  const color = name => `var(--${name})`;
  const roles = {
    evolution: { color: color("evolution"), symbol: "circle", name: "Evolution" },
    random: { color: color("random"), symbol: "triangle", name: "Random search" },
    candidate: { color: color("evolution"), symbol: "diamond", name: "Trained candidates" },
    "hand-designed": { color: color("hand"), symbol: "rect", name: "Hand-designed" },
  };
  const other = { color: color("muted"), symbol: "circle" };
  const role = name => roles[name] || { ...other, name };

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
      axisLine: { show: true, lineStyle: { color: color("line") } },
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

  /** A logarithmic axis in millions, with a tick at every doubling or every power of ten. */
  function costAxis(values) {
    const low = Math.min(...values) / 1.08;
    const high = Math.max(...values) * 1.08;
    const base = high / low > 200 ? 10 : 2;
    const log = v => Math.log(v / 1e6) / Math.log(base);
    return axis("multiply-accumulates for one image (logarithmic)", {
      type: "log", logBase: base, nameGap: 30,
      min: base ** Math.floor(log(low)), max: base ** Math.ceil(log(high)),
      axisLabel: { ...text, hideOverlap: true, formatter: v => brief(v * 1e6) },
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

  function cost() {
    const shown = data.trained.filter(t => t.macs > 0 && t.accuracy != null);
    const at = c => [c.macs / 1e6, c.accuracy];
    const dot = c => ({
      value: at(c),
      about: tip(percent(c.accuracy), [
        "estimated", `${count(c.macs)} MACs, ${count(c.params)} parameters`,
        `${c.by} ${c.number}${c.front ? ", on the Pareto front" : ""}`, c.genotype]),
    });
    const sides = [...new Set(data.candidates.map(c => c.by))];
    const series = sides.map(by => ({
      ...still, name: role(by).name, type: "scatter", symbol: role(by).symbol, symbolSize: 7,
      itemStyle: { color: role(by).color, opacity: 0.55 },
      data: data.candidates.filter(c => c.by === by).map(dot),
    }));
    const front = data.candidates.filter(c => c.front).sort((a, b) => a.macs - b.macs);
    series.push({
      ...still, name: "Pareto front", type: "line", step: "end", symbol: "none", silent: true,
      lineStyle: { color: color("ink"), width: 1.3 }, itemStyle: { color: color("ink") },
      data: front.map(at), z: 1,
    });
    series.push({
      ...still, name: "Estimate to training", type: "line", symbol: "none", silent: true, connectNulls: false,
      lineStyle: { color: color("muted"), width: 1, type: [2, 3] },
      data: shown.filter(t => t.estimate != null).flatMap(t =>
        [[t.macs / 1e6, t.estimate], at(t), [null, null]]),
    });
    const groups = [
      ["Winner, trained", t => t.winner, "diamond", 18, color("winner")],
      ["Candidates, trained", t => !t.winner && t.role === "candidate", "diamond", 12, color("evolution")],
      ["Random search, trained", t => !t.winner && t.role === "random", "diamond", 12, color("random")],
      ["Hand-designed, trained", t => t.role === "hand-designed", "rect", 11, color("hand")],
    ];
    for (const [name, belongs, symbol, size, fill] of groups) {
      const members = shown.filter(belongs);
      if (members.length) {
        series.push({
          ...still, name, type: "scatter", symbol, symbolSize: size, z: 5,
          itemStyle: { color: fill, opacity: 1, borderColor: color("page"), borderWidth: 1.5 },
          data: members.map(t => ({
            value: at(t),
            about: tip(`${t.name}: ${percent(t.accuracy)}`, [
              "on the validation images, trained from scratch",
              t.estimate != null && `estimated ${percent(t.estimate)}`,
              `${count(t.macs)} MACs, ${count(t.params)} parameters`, t.genotype]),
          })),
        });
      }
    }
    const all = data.candidates.concat(shown);
    const option = frame({
      xAxis: costAxis(all.map(c => c.macs)),
      yAxis: accuracyAxis(all.flatMap(c => [c.accuracy, c.estimate].filter(v => v != null))),
      series,
    });
    option.tooltip.trigger = "item";
    option.tooltip.formatter = p => p.data.about;
    return option;
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
    const sides = [...new Set(data.candidates.map(c => c.by))];
    const series = sides.map(by => {
      let best = -1;
      const points = data.candidates.filter(c => c.by === by).map(c => {
        best = Math.max(best, c.accuracy);
        return [c.evaluation, best];
      });
      return {
        name: role(by).name, color: role(by).color, step: "end", data: points,
        dash: by === "random" ? [6, 4] : "solid",
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
      return {
        name, color: winner ? color("winner") : role(curve.role).color, z: winner ? 4 : 2,
        dash: winner ? "solid" : [null, "solid", [6, 3], [2, 2], [8, 3, 2, 3]][Math.min(nth, 4)],
        data: curve.epochs.map(p => [p[0], p[column]]).filter(p => p[1] != null),
      };
    });
    return lines(series, "epoch", yAxis(series.flatMap(s => s.data.map(d => d[1]))), shown);
  }

  const charts = {
    cost,
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
    const series = drawn[0].option.series;
    for (const one of series.length > 1 ? series : []) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(sign(one), one.name);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", on);
        const type = on ? "legendSelect" : "legendUnSelect";
        drawn.forEach(({ chart }) => chart.dispatchAction({ type, name: one.name }));
      });
      box.append(button);
    }
  }

  const groups = {};
  for (const plot of document.querySelectorAll("[data-chart]")) {
    const chart = echarts.init(plot, null, { renderer: "svg" });
    const option = charts[plot.dataset.chart]();
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
