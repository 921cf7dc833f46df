/** The diagrams: which one, and as a file. */
import { diagrams as words } from '#words/diagrams.ts';
import { defineAction, say, show } from '../store/action.ts';
import { save } from './project.ts';

export const showDiagram = defineAction<[id: string]>({
  name: 'Show a diagram',
  run: (_, diagram) => show({ diagram }),
});

/** A drawn diagram, and how large it is meant to be. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The SVG as an address an image can have. */
  readonly url: string;
}

export const saveSvg = defineAction<[picture: Picture, name: string]>({
  name: 'Save SVG',
  run: (_, { svg }, name) => {
    save(new Blob([svg], { type: 'image/svg+xml' }), `${name}.svg`);
    say(words.saved(`${name}.svg`), { visible: false });
  },
});

/** @param ground the colour behind it, which the picture itself leaves open */
export const savePng = defineAction<[picture: Picture, name: string, ground: string]>({
  name: 'Save PNG',
  run: async (_, picture, name, ground) => {
    try {
      save(await png(picture, ground), `${name}.png`);
      say(words.saved(`${name}.png`), { visible: false });
    } catch {
      say(words.notPng);
    }
  },
});

const SCALE = 2;
const MARGIN = 16;
/** What every browser can make; a larger picture gets a smaller scale. */
const LARGEST = 8192;

async function png({ url, width, height }: Picture, ground: string): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const scale = Math.min(SCALE, LARGEST / (Math.max(width, height) + 2 * MARGIN));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((width + 2 * MARGIN) * scale);
  canvas.height = Math.round((height + 2 * MARGIN) * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, MARGIN * scale, MARGIN * scale, width * scale, height * scale);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}
