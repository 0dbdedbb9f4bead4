import { encode } from "uqr";

interface Props {
  value: string;
  label: string;
}

/** A code that a phone reads. Dark on light in every scheme, as readers expect it. */
export function QrCode({ value, label }: Props) {
  const { data, size } = encode(value, { border: 4 });
  const path = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="aspect-square w-full max-w-64 rounded-md bg-white"
    >
      <path d={path.join("")} className="fill-black" />
    </svg>
  );
}
