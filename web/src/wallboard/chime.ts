/** Three rising notes, made on the spot: no file to load. Silent where the browser does not allow sound yet. */

const NOTES_HZ = [523.25, 659.25, 783.99];
const APART_S = 0.14;
const NOTE_S = 0.7;
const LOUDNESS = 0.18;

let context: AudioContext | null = null;

export function chime(): void {
  try {
    context ??= new AudioContext();
    const audio = context;
    void audio.resume().then(() => play(audio));
  } catch {
    // No sound on this screen: what it would say is seen as well.
  }
}

function play(audio: AudioContext): void {
  NOTES_HZ.forEach((hertz, place) => {
    const from = audio.currentTime + place * APART_S;
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.type = 'triangle';
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + NOTE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + NOTE_S);
  });
}
