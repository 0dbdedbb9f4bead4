import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** Return the place in the list that lies under a height on the screen. */
function placeAt(list: HTMLElement, y: number): number {
  const middles = [...list.children].map((item) => {
    const { top, height } = item.getBoundingClientRect();
    return top + height / 2;
  });
  const below = middles.findIndex((middle) => y < middle);
  return below === -1 ? middles.length - 1 : below;
}

/** Order a list by its handles: dragged by mouse or finger, or moved by the arrow keys. */
export function useDragOrder(
  list: RefObject<HTMLElement | null>,
  index: number,
  onMove: (to: number) => void,
) {
  const [isDragged, setDragged] = useState(false);

  // On the window: an element that is taken elsewhere in the list loses its pointer capture.
  useEffect(() => {
    if (!isDragged) return;
    const drag = (event: PointerEvent) => {
      if (!list.current) return;
      const to = placeAt(list.current, event.clientY);
      if (to !== index) onMove(to);
    };
    const stop = () => setDragged(false);
    window.addEventListener("pointermove", drag);
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
    return () => {
      window.removeEventListener("pointermove", drag);
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
    };
  }, [isDragged, list, index, onMove]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(index + step);
  };
  return { isDragged, handlers: { onKeyDown, onPointerDown: () => setDragged(true) } };
}
