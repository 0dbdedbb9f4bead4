import { Play } from "lucide-react";
import { useEffect, useState } from "react";

import { useController, useInterview, useOutbox, useStation, useWords } from "../context";
import { Banner, Button } from "./controls";
import { Playback } from "./playback";

interface Props {
  questionId: string;
  onOpen: () => void;
}

/** The answer just given, to look at where the campaign allows it. */
export function OwnTake({ questionId, onOpen }: Props) {
  const { campaign } = useInterview();
  const item = useOutbox().find((one) => one.questionId === questionId);
  if (!campaign.review_own_take || !item || item.phase === "failed") return null;
  return <Review key={item.takeId} takeId={item.takeId} questionId={questionId} onOpen={onOpen} />;
}

function Review({ takeId, questionId, onOpen }: Props & { takeId: string }) {
  const { t } = useWords();
  const { outbox } = useController();
  const { devices } = useStation();
  const [blob, setBlob] = useState<Blob | null>(null);
  const [gone, setGone] = useState(false);
  // Once the server has checked it, an answer leaves the device: not while it may be looked at.
  useEffect(() => outbox?.hold(questionId), [outbox, questionId]);

  async function open() {
    onOpen();
    const found = (await outbox?.download(takeId).catch(() => null)) ?? null;
    setBlob(found);
    setGone(!found);
  }
  if (blob) return <Playback blob={blob} />;
  if (gone) return <Banner role="status">{t("review.gone")}</Banner>;
  const soundOnly = devices.kind === "open" && !devices.camera;
  return (
    <div>
      <Button look="secondary" onClick={() => void open()}>
        <Play aria-hidden="true" className="rtl:-scale-x-100" />
        {t(soundOnly ? "review.openSound" : "review.open")}
      </Button>
    </div>
  );
}
