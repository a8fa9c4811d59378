/** A line without axes, for a first look. It is drawn by hand, as there are many of them on one page. */
export function BasketSparkline(
  { days, values, mark = null, width = 132, height = 30, colour = "currentColor" }: {
    days: readonly number[];
    values: readonly number[];
    /** A day to mark. */
    mark?: number | null;
    width?: number;
    height?: number;
    colour?: string;
  },
) {
  const [from, to] = [days[0] ?? 0, days.at(-1) ?? 0];
  const low = Math.min(...values), high = Math.max(...values);
  const x = (day: number) => 3 + (width - 6) * (to > from ? (day - from) / (to - from) : 0.5);
  const y = (value: number) =>
    3 + (height - 6) * (high > low ? (high - value) / (high - low) : 0.5);
  const last = days.length - 1;
  const marked = mark === null ? -1 : days.findLastIndex((day) => day <= mark);
  if (last < 0) return null;
  return (
    <svg class="basket-sparkline" width={width} height={height} aria-hidden="true">
      <polyline
        points={days.map((day, k) => `${x(day).toFixed(1)},${y(values[k]!).toFixed(1)}`).join(" ")}
        fill="none"
        stroke={colour}
        stroke-width="1.5"
      />
      {marked >= 0 && (
        <line
          class="basket-sparkline-mark"
          x1={x(days[marked]!)}
          x2={x(days[marked]!)}
          y1="0"
          y2={height}
        />
      )}
      <circle cx={x(days[last]!)} cy={y(values[last]!)} r="2.5" fill={colour} />
    </svg>
  );
}
