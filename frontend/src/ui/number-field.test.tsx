import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";

import { NumberField } from "./number-field";

function show(start: number | null) {
  const seen: (number | null)[] = [];
  function Form() {
    const [value, setValue] = useState(start);
    const change = (next: number | null) => {
      seen.push(next);
      setValue(next);
    };
    return (
      <NumberField
        label="Seconds"
        name="seconds"
        value={value}
        onChange={change}
        minValue={10}
        maxValue={3600}
        step={10}
        placeholder="120"
      />
    );
  }
  const { container } = render(<Form />);
  const [less, more] = container.querySelectorAll("button");
  if (!less || !more) throw new Error("no buttons");
  return { field: screen.getByLabelText("Seconds"), seen, less, more, user: userEvent.setup() };
}

it("takes a number that begins below its bound, and shows what it holds afterwards", async () => {
  const { field, seen, user } = show(60);
  await user.clear(field);
  await user.type(field, "90");
  expect(field).toHaveValue(90);
  expect(seen.at(-1)).toBe(90);
  await user.clear(field);
  await user.type(field, "3");
  await user.tab();
  expect(field).toHaveValue(10);
});

it("steps from what the empty field stands for", async () => {
  const { field, more, user } = show(null);
  await user.click(more);
  expect(field).toHaveValue(130);
});

it("stops at its bounds", async () => {
  const { field, less, user } = show(20);
  await user.click(less);
  await user.click(less);
  expect(field).toHaveValue(10);
});

it("can be emptied", async () => {
  const { field, seen, user } = show(60);
  await user.clear(field);
  expect(seen).toEqual([null]);
});
