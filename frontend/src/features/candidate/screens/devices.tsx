import { Camera, CircleAlert, Mic, MicOff } from "lucide-react";
import { useEffect, useState } from "react";

import { isolate } from "@/lib/i18n";
import {
  type DeviceChoice,
  type DeviceFailure,
  type DeviceList,
  listDevices,
  mayOfferSound,
} from "@/recorder";

import {
  useController,
  useFlow,
  useDuration,
  useInterview,
  useStation,
  useWords,
} from "../context";
import { browserFamily } from "../model/browser";
import { nextQuestion } from "../model/flow";
import { Heading, Network, Speakers, SelfViewChoice } from "../parts/checks";
import { Actions, Banner, Button, Lead, Title } from "../parts/controls";
import { FailedAnswers } from "../parts/delivery";
import { Handover } from "../parts/handover";
import { Level } from "../parts/level";
import { Preview } from "../parts/preview";
import { SoundOnlyQuestion } from "../parts/soundOnly";

/** The test of camera and microphone, with a screen for each thing that can be missing. */
export function Devices() {
  const { devices } = useStation();
  const [choice, setChoice] = useState<DeviceChoice>({});
  const [asksForSound, setAsksForSound] = useState(false);
  const controller = useController();

  function open(wanted: DeviceChoice) {
    setAsksForSound(false);
    setChoice(wanted);
    void controller.openDevices(wanted);
  }

  if (asksForSound) {
    const go = (soundOnly: boolean) => () => open({ ...choice, soundOnly });
    return <SoundOnlyQuestion agree={go(true)} back={go(false)} />;
  }
  const askForSound = () => setAsksForSound(true);
  if (devices.kind === "failed") {
    const { reason } = devices;
    return (
      <DevicesFailed
        key={reason}
        reason={reason}
        retry={() => open(choice)}
        askForSound={askForSound}
      />
    );
  }
  if (devices.kind === "open") {
    return <DevicesOpen choice={choice} choose={open} askForSound={askForSound} />;
  }
  return <DevicesClosed asking={devices.kind === "asking"} open={() => open(choice)} />;
}

function DevicesClosed({ asking, open }: { asking: boolean; open: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Title>{t("devices.title")}</Title>
      <Interrupted />
      <Lead>{t("devices.lead")}</Lead>
      <p role="status" className="mt-4 leading-relaxed">
        {asking ? t("devices.asking") : ""}
      </p>
      <Actions>
        <Button disabled={asking} onClick={open}>
          <Camera aria-hidden="true" />
          {t("devices.open")}
        </Button>
      </Actions>
    </>
  );
}

/** After a reload: what was being said is not lost. */
function Interrupted() {
  const { t } = useWords();
  const { step } = useFlow();
  const { questions } = useInterview();
  const { recording } = useStation();
  const notBegun = recording.kind === "stopped" && recording.cause === "recorder_error";
  const interrupted = step.name === "devices" ? step.interrupted : [];
  const positions = questions
    .filter((question) => interrupted.includes(question.id))
    .map((question) => question.position);
  return (
    <div className="mt-4 grid gap-4 empty:hidden">
      {positions.length > 0 && (
        <Banner tone="good" role="status">
          {t("devices.interrupted", { positions: positions.join(", ") })}
        </Banner>
      )}
      {notBegun && (
        <Banner tone="bad" role="alert">
          {t("devices.notBegun")}
        </Banner>
      )}
      <FailedAnswers />
    </div>
  );
}

interface SelectsProps {
  choice: DeviceChoice;
  choose: (choice: DeviceChoice) => void;
}

interface OpenProps extends SelectsProps {
  askForSound: () => void;
}

function DevicesOpen({ choice, choose, askForSound }: OpenProps) {
  const { t } = useWords();
  const controller = useController();
  const flow = useFlow();
  const duration = useDuration();
  const next = nextQuestion(flow);
  const { campaign } = useInterview();
  return (
    <>
      <Title>{t(choice.soundOnly ? "sound.test" : "devices.title")}</Title>
      <Interrupted />
      <div className="mt-6 grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Preview />
        <div className="grid content-start gap-5">
          <MutedWarning />
          <div>
            <Heading icon={<Mic aria-hidden="true" className="size-5" />}>
              {t("devices.sound")}
            </Heading>
            <Level />
          </div>
          <Speakers />
          <Network />
          <DeviceSelects choice={choice} choose={choose} />
          {!choice.soundOnly && <SelfViewChoice />}
        </div>
      </div>
      <ul className="mt-6 grid list-disc gap-1.5 ps-5 leading-relaxed text-ink-soft">
        {!choice.soundOnly && <li>{t("devices.advice1")}</li>}
        {!choice.soundOnly && <li>{t("devices.advice2")}</li>}
        <li>{t("devices.advice3")}</li>
      </ul>
      {next && (
        <p className="mt-6 leading-relaxed">
          {t("devices.then", {
            position: next.position,
            duration: duration(next.preparation_seconds),
          })}
        </p>
      )}
      <Actions>
        <Button onClick={() => void controller.devicesReady()}>
          {t("devices.ready", { position: next?.position ?? 1 })}
        </Button>
        {campaign.practice && (
          <Button look="secondary" onClick={() => controller.opening.practise(true)}>
            {t("practice.offer")}
          </Button>
        )}
        {choice.soundOnly && (
          <Button look="secondary" onClick={() => choose({ ...choice, soundOnly: false })}>
            <Camera aria-hidden="true" />
            {t("sound.camera")}
          </Button>
        )}
        <SoundOffer ask={askForSound} />
        <Handover />
      </Actions>
    </>
  );
}

export function MutedWarning() {
  const { t } = useWords();
  const { devices } = useStation();
  if (devices.kind !== "open" || !(devices.cameraMuted || devices.microphoneMuted)) return null;
  return (
    <Banner tone="wait" icon={<MicOff aria-hidden="true" />} role="status">
      {t(devices.microphoneMuted ? "devices.microphoneMuted" : "devices.cameraMuted")}
    </Banner>
  );
}

function DeviceSelects({ choice, choose }: SelectsProps) {
  const { t } = useWords();
  const { station } = useController();
  const [list, setList] = useState<DeviceList>({ cameras: [], microphones: [] });

  useEffect(() => {
    const media = navigator.mediaDevices;
    const update = () => void listDevices(media).then(setList);
    update();
    media.addEventListener("devicechange", update);
    return () => media.removeEventListener("devicechange", update);
  }, []);

  const used = (kind: "video" | "audio") =>
    station.stream
      ?.getTracks()
      .find((track) => track.kind === kind)
      ?.getSettings().deviceId ?? "";

  return (
    <>
      {!choice.soundOnly && (
        <DeviceSelect
          label={t("devices.camera")}
          devices={list.cameras}
          value={used("video")}
          onChoose={(cameraId) => choose({ ...choice, cameraId })}
        />
      )}
      <DeviceSelect
        label={t("devices.microphone")}
        devices={list.microphones}
        value={used("audio")}
        onChoose={(microphoneId) => choose({ ...choice, microphoneId })}
      />
    </>
  );
}

interface DeviceSelectProps {
  label: string;
  devices: MediaDeviceInfo[];
  value: string;
  onChoose: (id: string) => void;
}

function DeviceSelect({ label, devices, value, onChoose }: DeviceSelectProps) {
  const { t } = useWords();
  return (
    <label className="grid gap-1.5">
      <span className="text-sm font-semibold">{label}</span>
      <select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="min-h-11 w-full min-w-0 rounded-md border border-line-strong/60 bg-surface px-3 text-ink"
      >
        {devices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label ? isolate(device.label) : t("devices.unnamed", { position: index + 1 })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Where there is no camera, or none that works: sound alone is better than no answer. */
function SoundOffer({ ask }: { ask: () => void }) {
  const { t } = useWords();
  if (!mayOfferSound(useStation())) return null;
  return (
    <Button look="secondary" onClick={ask}>
      <Mic aria-hidden="true" />
      {t("sound.offer")}
    </Button>
  );
}

interface FailedProps {
  reason: DeviceFailure;
  retry: () => void;
  askForSound: () => void;
}

function DevicesFailed({ reason, retry, askForSound }: FailedProps) {
  const { t } = useWords();
  const refused = reason === "permission_denied";
  const browser = browserFamily(navigator.userAgent);
  return (
    <>
      <CircleAlert aria-hidden="true" className="mb-4 size-10 text-bad-ink" />
      <Title>{t(`device.${reason}.title`)}</Title>
      <Interrupted />
      <Lead>{t(`device.${reason}.text`)}</Lead>
      {refused && (
        <div className="mt-6">
          <Banner>{t(`permission.${browser}`)}</Banner>
        </div>
      )}
      <Actions>
        <Button onClick={retry}>{t("problem.retry")}</Button>
        <SoundOffer ask={askForSound} />
        <Handover />
      </Actions>
      <p className="mt-6 text-ink-soft">{t("device.nothingLost")}</p>
    </>
  );
}
